import type { MergeContacts } from "@rolodesk/shared/contact-merge";
import { CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import { eq } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import type { ContactRow } from "../../db/queries/contact.ts";
import { insertJournal, listLinksOf, lockForMerge, moveRows, voidConflicts } from "../../db/queries/merge.ts";
import { MERGE_RULES, nameOfRule } from "../../db/queries/merge-rules.ts";
import { findVisibleContact } from "../../db/queries/visible-contacts.ts";
import { contact } from "../../db/schema/contact.ts";
import type { MovedRows } from "../../db/schema/merge.ts";
import { crmLink } from "../../db/schema/sync.ts";
import type { Deps } from "../../deps.ts";
import { type MergedValues, mergeValues } from "../../domain/contacts/merge-values.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { columnsOf, valuesOf } from "../../views/merged-values.ts";
import { holdForMerge } from "./hold-for-merge.ts";
import { publishContacts } from "./publish-contacts.ts";

/** What a link says that was closed because the survivor has a record of its own in the connection. */
export const MERGED_LINK_WORDS = "Its contact was merged into one that has another record here.";

/**
 * Makes several contacts one (sync rules, 10), in one transaction, with a line in the journal for each of the others. Whoever is
 * named must be current and known to the user: merged or merged-away ones since are a `conflict`.
 */
export async function mergeContacts(
  deps: Deps,
  actor: UserActor,
  { masterId, otherIds, values }: MergeContacts,
): Promise<{ contactId: string; mergeIds: string[] }> {
  const ids = [masterId, ...otherIds];
  assertTwoOrMore(ids, values);
  for (const id of ids) {
    const visible = await findVisibleContact(deps.db, actor.siteIds, id);
    if (!visible) throw notFound("contact");
    if (visible.id !== id) throw mergedMeanwhile();
  }
  const mergeIds = await holdForMerge(deps, ids, async (tx) => {
    const rows = new Map((await lockForMerge(tx, ids)).map((row) => [row.id, row]));
    const journal: string[] = [];
    let survivor = current(rows.get(masterId));
    for (const id of otherIds) {
      const merged = await mergeOne(tx, deps, actor, survivor, current(rows.get(id)), values);
      survivor = { ...survivor, ...columnsOf(merged.values) };
      journal.push(merged.journalId);
    }
    return journal;
  });
  await publishContacts(deps, masterId);
  return { contactId: masterId, mergeIds };
}

function assertTwoOrMore(ids: readonly string[], values: MergeContacts["values"]): void {
  if (new Set(ids).size !== ids.length) throw new DomainError("bad_request", "A contact cannot be merged into itself.");
  const foreign = Object.values(values).find((id) => id !== undefined && !ids.includes(id));
  if (foreign) throw new DomainError("bad_request", "A value was chosen of a contact that is not among these.");
}

function current(row: ContactRow | undefined): ContactRow {
  if (!row || row.erasedAt) throw notFound("contact");
  if (row.mergedIntoId) throw mergedMeanwhile();
  return row;
}

function mergedMeanwhile(): DomainError {
  return new DomainError("conflict", "One of these contacts has been merged meanwhile. Look again.");
}

async function mergeOne(
  tx: Tx,
  deps: Deps,
  actor: UserActor,
  survivor: ContactRow,
  other: ContactRow,
  chosen: MergeContacts["values"],
): Promise<{ journalId: string; values: MergedValues }> {
  const before = valuesOf(survivor);
  const fieldsOf = (id: string): ReadonlySet<CoreField> => new Set(CORE_FIELDS.filter((field) => chosen[field] === id));
  const after = mergeValues(before, valuesOf(other), { fromOther: fieldsOf(other.id), own: fieldsOf(survivor.id) });
  const closed = await closeDoubledLinks(tx, survivor.id, other.id);
  const moved: Record<string, MovedRows[string]> = {};
  for (const rule of MERGE_RULES) {
    if (rule.rule === "move") moved[nameOfRule(rule)] = await moveRows(tx, rule, other.id, survivor.id);
  }
  const now = deps.now();
  await tx
    .update(contact)
    .set({ ...columnsOf(after), updatedAt: now })
    .where(eq(contact.id, survivor.id));
  await tx.update(contact).set({ mergedIntoId: survivor.id, updatedAt: now }).where(eq(contact.id, other.id));

  const journalId = deps.newId();
  const pair = { survivorId: survivor.id, mergedId: other.id };
  await insertJournal(tx, {
    id: journalId,
    ...pair,
    mergedBy: actor.name,
    before,
    after,
    moved,
    createdAt: now,
    ...closed,
  });
  await insertAudit(tx, deps, actor, {
    action: "contact.merged",
    subject: { kind: "contact", id: survivor.id },
    contactId: survivor.id,
    data: { mergeId: journalId, mergedId: other.id },
  });
  return { journalId, values: after };
}

/** Of two links to one connection the survivor's stays; what waited for a decision on the other has nothing to be written to. */
async function closeDoubledLinks(tx: Tx, survivorId: string, otherId: string) {
  const links = (await listLinksOf(tx, [survivorId, otherId])).filter(({ state }) => state === "live");
  const kept = new Set(links.flatMap((link) => (link.contactId === survivorId ? [link.connectionId] : [])));
  const closedLinks: string[] = [];
  const voidedConflicts: string[] = [];
  for (const link of links) {
    if (link.contactId === survivorId || !kept.has(link.connectionId)) continue;
    await tx.update(crmLink).set({ state: "closed", closedReason: MERGED_LINK_WORDS }).where(eq(crmLink.id, link.id));
    closedLinks.push(link.id);
    voidedConflicts.push(...(await voidConflicts(tx, link.id, MERGED_LINK_WORDS)));
  }
  return { closedLinks, voidedConflicts };
}
