import type { Tx } from "../../db/client.ts";
import { type ConflictRow, updateConflict } from "../../db/queries/conflict.ts";
import type { ContactRow } from "../../db/queries/contact.ts";
import {
  insertAudits,
  insertConflicts,
  insertContacts,
  insertIdentities,
  insertLinks,
  touchLinks,
  updateContacts,
  updateSeenLinks,
} from "../../db/queries/import-page.ts";
import type { contactIdentity } from "../../db/schema/contact.ts";
import type { audit } from "../../db/schema/operations.ts";
import type { conflict, crmLink } from "../../db/schema/sync.ts";
import type { Deps } from "../../deps.ts";
import { tellConflictQueued, tellConflictSettled } from "../outgoing/tell-of-conflict.ts";
import type { KnownLink } from "./people-book.ts";

/** What a page of records comes to, gathered so that it takes a handful of statements however long the page is. */
export interface PageWrites {
  readonly newContacts: ContactRow[];
  /** By id, each with all its changes. */
  readonly changedContacts: Map<string, ContactRow>;
  readonly identities: (typeof contactIdentity.$inferInsert)[];
  readonly newLinks: (typeof crmLink.$inferInsert)[];
  readonly seenLinks: KnownLink[];
  readonly touchedLinkIds: string[];
  readonly newConflicts: (typeof conflict.$inferInsert)[];
  readonly changedConflicts: { readonly id: string; readonly change: Partial<ConflictRow> }[];
  readonly audits: (typeof audit.$inferInsert)[];
}

export function createPageWrites(): PageWrites {
  return {
    newContacts: [],
    changedContacts: new Map(),
    identities: [],
    newLinks: [],
    seenLinks: [],
    touchedLinkIds: [],
    newConflicts: [],
    changedConflicts: [],
    audits: [],
  };
}

export async function storePage(tx: Tx, deps: Deps, writes: PageWrites): Promise<void> {
  const at = deps.now();
  await insertContacts(tx, writes.newContacts);
  await updateContacts(tx, [...writes.changedContacts.values()], at);
  await insertIdentities(tx, writes.identities);
  await insertLinks(tx, writes.newLinks);
  await updateSeenLinks(tx, writes.seenLinks, at);
  await touchLinks(tx, writes.touchedLinkIds, at);
  await insertConflicts(tx, writes.newConflicts);
  for (const { id, change } of writes.changedConflicts) {
    await updateConflict(tx, id, change);
    await (change.status === "closed_equal" ? tellConflictSettled(tx, deps, id) : tellConflictQueued(tx, deps, id));
  }
  for (const { id } of writes.newConflicts) await tellConflictQueued(tx, deps, id);
  await insertAudits(tx, writes.audits);
}
