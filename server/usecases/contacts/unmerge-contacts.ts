import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { eq } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import type { DbOrTx, Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findContact } from "../../db/queries/contact.ts";
import {
  closeJournal,
  findJournal,
  giveBackRows,
  lockForMerge,
  lockJournal,
  type MergeJournalRow,
  reopenConflicts,
  reopenLink,
} from "../../db/queries/merge.ts";
import { MERGE_RULES, nameOfRule } from "../../db/queries/merge-rules.ts";
import { findVisibleContact } from "../../db/queries/visible-contacts.ts";
import { contact } from "../../db/schema/contact.ts";
import type { StayedRows } from "../../db/schema/merge.ts";
import type { Deps } from "../../deps.ts";
import { unmergeValues } from "../../domain/contacts/merge-values.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { columnsOf, valuesOf } from "../../views/merged-values.ts";
import { holdForMerge } from "./hold-for-merge.ts";
import { MERGED_LINK_WORDS } from "./merge-contacts.ts";
import { publishContacts } from "./publish-contacts.ts";

const MOVED_ON = "given to somebody else or removed since the merge";
const CHANGED = "changed since the merge";

/**
 * Makes two of one again: gives back what a merge moved, unless it was touched since, and notes what stays and why. What came
 * after the merge stays with the survivor.
 */
export async function unmergeContacts(deps: Deps, actor: UserActor, journalId: string): Promise<StayedRows[]> {
  const { survivorId, mergedId } = await getVisibleJournal(deps.db, actor, journalId);
  const stayed = await holdForMerge(deps, [survivorId, mergedId], async (tx) => {
    await lockForMerge(tx, [survivorId, mergedId]);
    const journal = await lockJournal(tx, journalId);
    if (!journal) throw notFound("merge");
    const obstacle = await obstacleToUnmerge(tx, journal);
    if (obstacle) throw new DomainError("conflict", obstacle);
    const left = [...(await giveBackValues(tx, deps, journal)), ...(await giveBack(tx, journal))];
    await closeJournal(tx, journalId, { undoneAt: deps.now(), undoneBy: actor.name, stayed: left });
    await insertAudit(tx, deps, actor, {
      action: "contact.unmerged",
      subject: { kind: "contact", id: survivorId },
      contactId: survivorId,
      data: { mergeId: journalId, mergedId, stayed: left },
    });
    return left;
  });
  await publishContacts(deps, survivorId);
  await publishContacts(deps, mergedId);
  return stayed;
}

/** A merge whose survivor the user may know of; else `not_found`. */
export async function getVisibleJournal(db: DbOrTx, actor: UserActor, id: string): Promise<MergeJournalRow> {
  const journal = await findJournal(db, id);
  if (!journal || !(await findVisibleContact(db, actor.siteIds, journal.survivorId))) throw notFound("merge");
  return journal;
}

/** Why a merge cannot be undone now; null when it can. */
export async function obstacleToUnmerge(db: DbOrTx, journal: MergeJournalRow): Promise<string | null> {
  if (journal.undoneAt) return "This merge was undone already.";
  const survivor = await findContact(db, journal.survivorId);
  const merged = await findContact(db, journal.mergedId);
  if (!survivor || !merged || survivor.erasedAt || merged.erasedAt) return "This person was erased.";
  if (survivor.mergedIntoId) return "The contact was merged into another one later. Undo that merge first.";
  return null;
}

async function giveBackValues(tx: Tx, deps: Deps, journal: MergeJournalRow): Promise<StayedRows[]> {
  const survivor = await findContact(tx, journal.survivorId);
  if (!survivor) throw notFound("contact");
  const { values, stayed } = unmergeValues(valuesOf(survivor), journal.before, journal.after);
  await tx
    .update(contact)
    .set({ ...columnsOf(values), updatedAt: deps.now() })
    .where(eq(contact.id, survivor.id));
  await tx.update(contact).set({ mergedIntoId: null, updatedAt: deps.now() }).where(eq(contact.id, journal.mergedId));
  return stayed.map((field) => ({ what: fieldLabel(field), count: 1, why: CHANGED }));
}

async function giveBack(tx: Tx, journal: MergeJournalRow): Promise<StayedRows[]> {
  const stayed: StayedRows[] = [];
  for (const rule of MERGE_RULES) {
    if (rule.rule !== "move") continue;
    const rows = journal.moved[nameOfRule(rule)] ?? [];
    const given = await giveBackRows(tx, rule, rows, journal);
    if (given < rows.length) stayed.push({ what: rule.what, count: rows.length - given, why: MOVED_ON });
  }
  let closed = 0;
  for (const id of journal.closedLinks) if (!(await reopenLink(tx, id, MERGED_LINK_WORDS))) closed += 1;
  if (closed > 0) stayed.push({ what: "closed CRM links", count: closed, why: "their record is linked anew or gone" });
  const waiting = await reopenConflicts(tx, journal.voidedConflicts);
  const left = journal.voidedConflicts.length - waiting;
  if (left > 0) stayed.push({ what: "conflicts", count: left, why: "they were asked anew or decided since" });
  return stayed;
}
