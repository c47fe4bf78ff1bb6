import {
  type ListMerges,
  MERGE_MAX_CONTACTS,
  type Merge,
  type MergeCandidate,
  type MergePage,
  type MergePreview,
  type PreviewMerge,
  type UnmergePreview,
} from "@rolodesk/shared/contact-merge";
import { Id } from "@rolodesk/shared/ids";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { listConnections } from "../db/queries/connection.ts";
import { type ContactRow, findContact } from "../db/queries/contact.ts";
import { listCurrentContacts } from "../db/queries/duplicates.ts";
import {
  countReturning,
  countRows,
  listIdentitiesByContact,
  listJournal,
  listLinksOf,
  type MergeJournalRow,
} from "../db/queries/merge.ts";
import { MERGE_RULES, nameOfRule } from "../db/queries/merge-rules.ts";
import { findVisibleContact, visibleTo } from "../db/queries/visible-contacts.ts";
import { contactLabel } from "../domain/contacts/contact-label.ts";
import { unmergeValues } from "../domain/contacts/merge-values.ts";
import { DomainError, notFound } from "../domain/domain-error.ts";
import { valuesOf } from "./merged-values.ts";

const MOVES = MERGE_RULES.filter((rule) => rule.rule === "move");

/** Current contacts as they are compared, by id. */
export async function viewCandidates(db: DbOrTx, ids: readonly string[]): Promise<Map<string, MergeCandidate>> {
  const rows = await listCurrentContacts(db, ids, undefined);
  const identities = rows.length > 0 ? await listIdentitiesByContact(db, ids) : [];
  return new Map(
    rows.map((row) => {
      const normsOf = (kind: "email" | "phone") =>
        identities.filter((one) => one.contactId === row.id && one.kind === kind).map(({ norm }) => norm);
      const { firstName, lastName, email, phone, company, title } = row;
      return [
        row.id,
        {
          id: row.id,
          values: { firstName, lastName, email, phone, company, title },
          emails: normsOf("email"),
          phones: normsOf("phone"),
          attributes: row.attributes,
          tags: row.tags,
          doNotContact: row.doNotContact,
          source: row.source,
          createdAt: row.createdAt.toISOString(),
          lastActivityAt: row.lastActivityAt.toISOString(),
        },
      ];
    }),
  );
}

/** What a merge would move, and which links it would close. */
export async function previewMerge(db: DbOrTx, actor: UserActor, query: PreviewMerge): Promise<MergePreview> {
  const otherIds = query.otherIds.split(",");
  const ids = [...new Set([query.masterId, ...otherIds])];
  if (!otherIds.every((id) => Id.safeParse(id).success) || ids.length > MERGE_MAX_CONTACTS) throw notFound("contact");
  if (ids.length !== otherIds.length + 1)
    throw new DomainError("bad_request", "A contact cannot be merged into itself.");
  for (const id of ids) {
    const visible = await findVisibleContact(db, actor.siteIds, id);
    if (!visible) throw notFound("contact");
    if (visible.id !== id) throw new DomainError("conflict", "One of these contacts has been merged meanwhile.");
  }
  const candidates = await viewCandidates(db, ids);
  const names = new Map((await listConnections(db)).map(({ id, name }) => [id, name]));
  const links = (await listLinksOf(db, ids)).filter(({ state }) => state === "live");
  const taken = new Set(links.flatMap((link) => (link.contactId === query.masterId ? [link.connectionId] : [])));
  const others: MergePreview["others"] = [];
  for (const id of otherIds) {
    const own = links.filter(({ contactId }) => contactId === id);
    const closes = own.filter(({ connectionId }) => taken.has(connectionId));
    for (const { connectionId } of own) taken.add(connectionId);
    const moves = await Promise.all(
      MOVES.map(async (rule) => ({ what: rule.what, count: await countRows(db, rule, id, query.masterId) })),
    );
    others.push({
      contact: found(candidates, id),
      moves: moves.filter(({ count }) => count > 0),
      closes: closes.map((link) => ({ connection: names.get(link.connectionId) ?? "", externalId: link.externalId })),
    });
  }
  return { master: found(candidates, query.masterId), others };
}

function found(candidates: ReadonlyMap<string, MergeCandidate>, id: string): MergeCandidate {
  const one = candidates.get(id);
  if (!one) throw notFound("contact");
  return one;
}

export async function readMerges(db: DbOrTx, actor: UserActor, query: ListMerges): Promise<MergePage> {
  const rows = await listJournal(db, {
    survivorId: query.contactId,
    before: query.cursor,
    visible: visibleTo(actor.siteIds),
    limit: query.limit + 1,
  });
  const items: Merge[] = [];
  for (const { journal, survivor } of rows.slice(0, query.limit)) items.push(await toMerge(db, journal, survivor));
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

async function toMerge(db: DbOrTx, journal: MergeJournalRow, survivor: ContactRow): Promise<Merge> {
  const merged = await findContact(db, journal.mergedId);
  if (!merged) throw notFound("contact");
  const moved = MOVES.map((rule) => ({ what: rule.what, count: journal.moved[nameOfRule(rule)]?.length ?? 0 }));
  return {
    id: journal.id,
    at: journal.createdAt.toISOString(),
    by: journal.mergedBy,
    survivor: { id: survivor.id, label: contactLabel(survivor) },
    merged: { id: merged.id, label: contactLabel(merged) },
    moved: moved.filter(({ count }) => count > 0),
    undoneAt: journal.undoneAt?.toISOString() ?? null,
    undoneBy: journal.undoneBy,
    stayed: journal.stayed,
  };
}

/** What undoing a merge would give back now, and what stays. */
export async function previewUnmerge(
  db: DbOrTx,
  journal: MergeJournalRow,
  obstacle: string | null,
): Promise<UnmergePreview> {
  const survivor = await findContact(db, journal.survivorId);
  if (!survivor) throw notFound("merge");
  const returns: UnmergePreview["returns"] = [];
  const stays: UnmergePreview["stays"] = [];
  for (const rule of obstacle ? [] : MOVES) {
    const rows = journal.moved[nameOfRule(rule)] ?? [];
    const count = await countReturning(db, rule, rows, journal.survivorId);
    if (count > 0) returns.push({ what: rule.what, count });
    if (count < rows.length)
      stays.push({ what: rule.what, count: rows.length - count, why: "given away or removed since" });
  }
  const { stayed } = unmergeValues(valuesOf(survivor), journal.before, journal.after);
  if (!obstacle) stays.push(...stayed.map((field) => ({ what: fieldLabel(field), count: 1, why: "changed since" })));
  return { merge: await toMerge(db, journal, survivor), returns, stays, obstacle };
}
