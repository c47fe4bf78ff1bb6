import { getTableName } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { contact, contactIdentity } from "../schema/contact.ts";
import { contactNote } from "../schema/contact-directory.ts";
import { conversation, visitor } from "../schema/conversation.ts";
import { importDetail } from "../schema/import.ts";
import { eraseRequest, mergeJournal, notDuplicates } from "../schema/merge.ts";
import { phoneCall } from "../schema/phone-call.ts";
import { importRow } from "../schema/staging.ts";
import { conflict, createClaim, crmLink, crmNote, syncRun } from "../schema/sync.ts";

/**
 * What a merge does with the rows that refer to the contact that goes.
 * - `move`: they become the survivor's, and an unmerge gives them back
 * - `keep`: they stay as they are, for the reason given
 */
export type MergeRule = {
  readonly table: PgTable;
  readonly column: string;
} & (
  | { readonly rule: "move"; readonly what: string; readonly unless?: "survivor has the key" }
  | { readonly rule: "keep"; readonly why: string }
);

/** Every column that refers to a contact, in the order in which rows are moved. A test fails for one that is missing. */
export const MERGE_RULES: readonly MergeRule[] = [
  { table: conversation, column: "contact_id", rule: "move", what: "conversations" },
  { table: visitor, column: "contact_id", rule: "move", what: "browsers" },
  {
    table: contactIdentity,
    column: "contact_id",
    rule: "move",
    what: "emails and phones",
    unless: "survivor has the key",
  },
  { table: crmLink, column: "contact_id", rule: "move", what: "CRM links" },
  { table: conflict, column: "contact_id", rule: "move", what: "conflicts" },
  { table: createClaim, column: "contact_id", rule: "move", what: "records being created" },
  { table: syncRun, column: "contact_id", rule: "move", what: "syncs" },
  { table: crmNote, column: "contact_id", rule: "move", what: "transcripts" },
  { table: importDetail, column: "contact_id", rule: "move", what: "lines of CRM imports" },
  { table: importRow, column: "contact_id", rule: "move", what: "rows of files" },
  { table: contactNote, column: "contact_id", rule: "move", what: "notes" },
  { table: phoneCall, column: "contact_id", rule: "move", what: "calls" },
  { table: contact, column: "merged_into_id", rule: "move", what: "contacts merged before" },
  { table: mergeJournal, column: "survivor_id", rule: "keep", why: "it tells what was merged into whom, then" },
  { table: mergeJournal, column: "merged_id", rule: "keep", why: "it tells what was merged into whom, then" },
  {
    table: notDuplicates,
    column: "contact_a",
    rule: "keep",
    why: "whom it stands for now is looked up when it is read",
  },
  {
    table: notDuplicates,
    column: "contact_b",
    rule: "keep",
    why: "whom it stands for now is looked up when it is read",
  },
  { table: eraseRequest, column: "contact_id", rule: "keep", why: "an erased contact is never merged" },
];

/** By this name the journal keeps the rows of a rule. */
export function nameOfRule({ table, column }: MergeRule): string {
  return `${getTableName(table)}.${column}`;
}
