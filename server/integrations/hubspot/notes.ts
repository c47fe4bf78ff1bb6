import { AssociationSpecAssociationCategoryEnum } from "@hubspot/api-client/lib/codegen/crm/contacts/models/AssociationSpec.js";
import type { SimplePublicObjectInputForCreate } from "@hubspot/api-client/lib/codegen/crm/contacts/models/SimplePublicObjectInputForCreate.js";
import { AssociationTypes } from "@hubspot/api-client/lib/src/enums/AssociationTypes.js";
import type { Note } from "../../domain/connector.ts";
import { type HubSpotClient, pathTo } from "./client.ts";
import { noteBody, noteMarker } from "./note-body.ts";
import { ContactWithNotes, Created, NotePage } from "./schema.ts";

/** HubSpot, batch endpoints: 100 records per request. */
const BATCH = 100;

/**
 * HubSpot has no idempotency key: the contact's newest notes are read from the store, not from the lagging search,
 * and our marker is looked for before anything is written.
 */
export async function addNoteOnce(call: HubSpotClient, contactId: string, note: Note, key: string): Promise<string> {
  const query = { properties: "hs_object_id", associations: "notes" };
  const contact = await call(ContactWithNotes, {
    method: "GET",
    path: pathTo("crm/objects", ["contacts", contactId], query),
  });
  const noteIds = contact.associations?.notes?.results.map(({ id }) => id) ?? [];
  return (await findNote(call, noteIds, key)) ?? (await createNote(call, contact.id, note, key));
}

async function findNote(call: HubSpotClient, noteIds: readonly string[], key: string): Promise<string | undefined> {
  if (noteIds.length === 0) return undefined;
  const newest = [...new Set(noteIds)].toSorted((a, b) => Number(b) - Number(a)).slice(0, BATCH);
  const { results } = await call(NotePage, {
    method: "POST",
    path: pathTo("crm/objects", ["notes", "batch", "read"]),
    body: { inputs: newest.map((id) => ({ id })), properties: ["hs_note_body"], propertiesWithHistory: [] },
    readOnly: true,
  });
  return results.find(({ properties }) => properties.hs_note_body?.includes(noteMarker(key)))?.id;
}

async function createNote(call: HubSpotClient, contactId: string, note: Note, key: string): Promise<string> {
  const association = {
    associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined,
    associationTypeId: AssociationTypes.noteToContact,
  };
  const body: SimplePublicObjectInputForCreate = {
    properties: { hs_timestamp: note.at, hs_note_body: noteBody(note.body, key) },
    associations: [{ to: { id: contactId }, types: [association] }],
  };
  const { id } = await call(Created, { method: "POST", path: pathTo("crm/objects", ["notes"]), body });
  return id;
}
