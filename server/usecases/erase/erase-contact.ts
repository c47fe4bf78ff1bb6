import { eq, inArray } from "drizzle-orm";
import type { Actor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import type { ContactIdentityRow } from "../../db/queries/contact.ts";
import { listContactsByKeys } from "../../db/queries/contact.ts";
import { type CrmLinkRow, closeLink, ERASED_LINK_WORDS } from "../../db/queries/crm-link.ts";
import { eraseRows } from "../../db/queries/erase-contact.ts";
import { insertErasure, insertTombstones, listIdsOfPerson, listSessionIds } from "../../db/queries/erasure.ts";
import { listIdentitiesByContact, listLinksOf, lockForMerge } from "../../db/queries/merge.ts";
import { findVisibleContact } from "../../db/queries/visible-contacts.ts";
import { connection } from "../../db/schema/connection.ts";
import { eraseRequest, type eraseStep } from "../../db/schema/merge.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { holdForMerge } from "../contacts/hold-for-merge.ts";
import { MERGED_LINK_WORDS } from "../contacts/merge-contacts.ts";
import { publishContacts } from "../contacts/publish-contacts.ts";
import { type BuriedKey, hashesOf, recordKey } from "./erased-keys.ts";

/**
 * Erases a person: all that is known here, at once and in one transaction, and, by a job, the records in the CRMs as each
 * connection says (sync rules, 11). What stays is a row without a person, the proof, and keyed hashes by which imports leave them
 * out. Returns the id of the request; asked twice, it is the same.
 */
export async function eraseContact(deps: Deps, actor: Actor, contactId: string, askedBy: string): Promise<string> {
  const siteIds = actor.kind === "user" ? actor.siteIds : null;
  if (actor.kind === "user") assertAdmin(actor);
  const visible = await findVisibleContact(deps.db, siteIds, contactId);
  if (!visible) throw notFound("contact");
  const ids = await listIdsOfPerson(deps.db, visible.id);
  const { requestId, sessionIds } = await holdForMerge(deps, ids, async (tx) => {
    await lockForMerge(tx, ids);
    if ((await listIdsOfPerson(tx, visible.id)).join() !== ids.join()) {
      throw new DomainError("conflict", "This contact was merged a moment ago. Look again.");
    }
    const [earlier] = await tx.select().from(eraseRequest).where(eq(eraseRequest.contactId, visible.id));
    if (earlier) return { requestId: earlier.id, sessionIds: [] };
    const open = await listSessionIds(tx, ids);
    return { requestId: await eraseHeld(tx, deps, actor, { id: visible.id, ids, askedBy }), sessionIds: open };
  });
  deps.publish.disconnect({ sessionIds });
  await publishContacts(deps, visible.id);
  return requestId;
}

async function eraseHeld(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  { id, ids, askedBy }: { id: string; ids: readonly string[]; askedBy: string },
): Promise<string> {
  const at = deps.now();
  const requestId = deps.newId();
  const identities = await listIdentitiesByContact(tx, ids);
  const links = await listLinksOf(tx, ids);
  const records = links.flatMap(({ connectionId, externalId, aliases }) =>
    [externalId, ...aliases].map((id) => ({ connectionId, externalId: id })),
  );
  await bury(tx, deps, [
    ...(await ownKeys(tx, ids, identities)),
    ...records.map((one) => recordKey(one.connectionId, one.externalId)),
  ]);
  const steps = await stepsFor(tx, deps, requestId, links);
  const normsOf = (kind: "email" | "phone") => identities.filter((one) => one.kind === kind).map(({ norm }) => norm);
  const person = { contactIds: ids, emails: normsOf("email"), phones: normsOf("phone"), records };
  const erased = await eraseRows(tx, person, at);
  const request = { id: requestId, contactId: id, askedBy, erasedHereAt: at, createdAt: at };
  const isDone = steps.every(({ status }) => status === "done");
  await insertErasure(tx, { ...request, erased, ...(isDone ? { status: "done", finishedAt: at } : {}) }, steps);
  await insertAudit(tx, deps, actor, {
    action: "contact.erased",
    subject: { kind: "contact", id },
    contactId: id,
    data: { erasureId: requestId },
  });
  if (!isDone)
    await deps.enqueue(tx, { name: "erase-in-crms", payload: { requestId } }, { jobKey: `erase:${requestId}` });
  return requestId;
}

/** A key that somebody else here has too is not the erased person's alone: they may still be brought in. */
async function ownKeys(
  tx: Tx,
  ids: readonly string[],
  identities: readonly ContactIdentityRow[],
): Promise<readonly BuriedKey[]> {
  const own: BuriedKey[] = [];
  for (const key of identities) {
    const holders = await listContactsByKeys(tx, [key]);
    if (holders.every(({ id }) => ids.includes(id))) own.push(key);
  }
  return own;
}

async function bury(tx: Tx, deps: Deps, keys: readonly BuriedKey[]): Promise<void> {
  await insertTombstones(
    tx,
    keys.flatMap((key) => hashesOf(deps, key).slice(0, 1)),
  );
}

/** What is done about each record, as its connection says; links that end do so here. */
async function stepsFor(tx: Tx, deps: Deps, requestId: string, all: readonly CrmLinkRow[]) {
  const links = all.filter(({ state, closedReason }) => state === "live" || closedReason === MERGED_LINK_WORDS);
  if (links.length === 0) return [];
  const rows = await tx
    .select()
    .from(connection)
    .where(
      inArray(
        connection.id,
        links.map((link) => link.connectionId),
      ),
    );
  const steps: (typeof eraseStep.$inferInsert)[] = [];
  for (const link of links) {
    const found = rows.find(({ id }) => id === link.connectionId);
    const action = found && !found.removedAt ? found.onErase : "unlink";
    if (action !== "off" && link.state === "live") await closeLink(tx, link.id, ERASED_LINK_WORDS);
    const { connectionId, object, externalId } = link;
    const status = action === "delete" ? ("waiting" as const) : ("done" as const);
    const doneAt = action === "delete" ? null : deps.now();
    steps.push({ id: deps.newId(), requestId, connectionId, object, externalId, action, status, doneAt });
  }
  return steps;
}
