import type { SimulatedRecord } from "../kit/simulator.ts";
import { noteText } from "./normal-form.ts";
import type { GhlState, StoredContact, UniqueIdentifier } from "./state.ts";
import { shownValues } from "./typed-values.ts";

/** Every address of a kind, the primary one first. */
export function addressesOf(contact: StoredContact, kind: UniqueIdentifier, additional: readonly string[]): string[] {
  const primary = contact.values[kind];
  return primary ? [primary, ...additional] : [...additional];
}

/** A contact as its page shows it. */
export function toRecord(contact: StoredContact, state: GhlState): SimulatedRecord {
  return {
    object: "contact",
    id: contact.id,
    values: shownValues(contact),
    updatedAt: contact.dateUpdated,
    state: contact.gone,
    notes: state.notes.filter((note) => note.contactId === contact.id).map((note) => noteText(note.body)),
  };
}
