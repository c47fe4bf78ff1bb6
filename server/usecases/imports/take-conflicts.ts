import type { ConflictRow } from "../../db/queries/conflict.ts";
import type { Deps } from "../../deps.ts";
import type { ImportDecision } from "../../domain/sync/import-strategy.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import type { PageWrites } from "./page-writes.ts";
import type { KnownLink, PeopleBook } from "./people-book.ts";

const EARLIER_KEPT = 20;

/**
 * Brings a link's open conflicts in line with what came in: at most one per property; one whose sides have become equal closes
 * by itself; one whose CRM value moved is stale. Returns the decisions that ask an agent something new.
 */
export function takeConflicts(
  deps: Deps,
  writes: PageWrites,
  book: PeopleBook,
  link: KnownLink & { readonly connectionId: string },
  decisions: readonly ImportDecision[],
): readonly ImportDecision[] {
  const open = new Map(book.openConflicts(link.id).map((row) => [row.property, row]));
  return decisions.filter((decision) => {
    const row = open.get(decision.property);
    if (row) return followConflict(deps, writes, row, decision);
    if (decision.kind === "conflict") writes.newConflicts.push(newConflict(deps, link, decision));
    return decision.kind === "conflict";
  });
}

function newConflict(deps: Deps, link: KnownLink & { readonly connectionId: string }, decision: ImportDecision) {
  return {
    id: deps.newId(),
    linkId: link.id,
    connectionId: link.connectionId,
    contactId: link.contactId,
    field: decision.field,
    property: decision.property,
    crmValue: shownValue(decision.crm),
    chatValue: shownValue(decision.ours),
    baseValue: shownValue(decision.base),
  };
}

/** Whether the conflict says something new now. */
function followConflict(deps: Deps, writes: PageWrites, row: ConflictRow, decision: ImportDecision): boolean {
  if (row.status !== "pending") return false;
  const { comparison, crm, ours } = decision;
  const [C, asked] = [normalForm(crm, comparison), normalForm(row.chatValue, comparison)];
  // one that no conversation raised is about our contact's value, which may have changed
  const isAboutOurs = row.conversationId === null;
  const isSettled = decision.kind === "take" || decision.reason === "equal";
  if (C === asked || (isAboutOurs && isSettled)) {
    writes.changedConflicts.push({ id: row.id, change: { status: "closed_equal", crmValue: shownValue(crm) } });
    return false;
  }
  const crmMoved = normalForm(row.crmValue, comparison) !== C;
  const oursMoved = isAboutOurs && decision.kind === "conflict" && normalForm(ours, comparison) !== asked;
  if (!crmMoved && !oursMoved) return false;
  const earlier = [{ value: row.chatValue, at: row.createdAt.toISOString() }, ...row.earlier].slice(0, EARLIER_KEPT);
  writes.changedConflicts.push({
    id: row.id,
    change: {
      problem: null,
      ...(crmMoved && { crmValue: shownValue(crm), staleSince: deps.now() }),
      ...(oursMoved && { chatValue: shownValue(ours), earlier }),
    },
  });
  return true;
}
