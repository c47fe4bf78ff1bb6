import type { ContactRow } from "../../db/queries/contact.ts";
import { attributeName, coreField, type IncomingField } from "./incoming-fields.ts";
import type { IncomingRecord } from "./incoming-record.ts";

const MAX_TAGS = 200;

/** A contact with the values a record brings. Tags and do-not-contact are only ever added to. */
export function withChanges(
  contact: ContactRow,
  takes: readonly IncomingField[],
  { record, tags }: IncomingRecord,
  now: Date,
): ContactRow {
  const origin = { sure: "recorded" as const, at: record.updatedAt ?? now.toISOString(), conversationId: null };
  const changed: ContactRow = {
    ...contact,
    origins: { ...contact.origins },
    attributes: { ...contact.attributes },
    tags: [...new Set([...contact.tags, ...tags])].slice(0, Math.max(MAX_TAGS, contact.tags.length)),
    doNotContact: [...new Set([...contact.doNotContact, ...(record.doNotContact ?? [])])],
  };
  for (const { field, readAs } of takes) {
    const core = coreField(field);
    if (core) {
      changed[core] = readAs === null ? null : String(readAs);
      changed.origins[core] = origin;
    } else {
      changed.attributes[attributeName(field)] = readAs === null ? null : String(readAs);
    }
  }
  return changed;
}
