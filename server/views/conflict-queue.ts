import type {
  ConflictDeed,
  ConflictDetail,
  ConflictUnit,
  ConflictUnitPage,
  ListConflicts,
} from "@rolodesk/shared/conflict-queue";
import { Id } from "@rolodesk/shared/ids";
import { ShownValue } from "@rolodesk/shared/sync-run";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { type AuditRow, listAudit } from "../db/queries/audit.ts";
import type { ConflictRow } from "../db/queries/conflict.ts";
import {
  countConflictUnits,
  findQueueRow,
  listConflictQueue,
  listUnitMembers,
  type QueuePosition,
  type QueueRow,
} from "../db/queries/conflict-queue.ts";
import { DomainError, notFound } from "../domain/domain-error.ts";
import { fullName } from "../domain/identity/name.ts";
import { unitOf } from "../domain/sync/keep-name-together.ts";
import { toConflict } from "./conflict.ts";
import { toPersonLabel } from "./person-label.ts";
import { toQueueFilter } from "./queue-filter.ts";

const MOST_COUNTED = 1000;
const TRAIL = ["conflict.applied", "conflict.kept", "conflict.undone", "conflict.reopened"] as const;

/** A page of the conflicts of all people who have spoken on the agent's sites, in units that are decided at once. */
export async function readConflictQueue(
  db: Db,
  actor: UserActor,
  { cursor, limit, ...query }: ListConflicts,
  now: Date,
): Promise<ConflictUnitPage> {
  const filter = toQueueFilter(actor, query, now);
  const [rows, total] = await Promise.all([
    listConflictQueue(db, filter, limit + 1, cursor === undefined ? undefined : readCursor(cursor)),
    countConflictUnits(db, filter, MOST_COUNTED),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await toUnits(db, actor, page),
    nextCursor: rows.length > limit && last ? toCursor(last.conflict) : null,
    total,
  };
}

/** How many units wait on the agent's sites. */
export async function countOpenConflicts(db: Db, actor: UserActor): Promise<number> {
  return await countConflictUnits(db, { siteIds: actor.siteIds, state: "open" }, MOST_COUNTED);
}

/** A unit with the story of its decisions, oldest first. */
export async function readConflictDetail(db: Db, actor: UserActor, id: string): Promise<ConflictDetail> {
  const row = await findQueueRow(db, id, actor.siteIds);
  const [unit] = row ? await toUnits(db, actor, [row]) : [];
  if (!unit) throw notFound("conflict");
  const labels = new Map(unit.members.map((member) => [member.id, member.label]));
  const rows = await listAudit(db, "conflict", [...labels.keys()]);
  return { unit, trail: rows.flatMap((one) => toDeed(one, labels.get(one.subjectId) ?? "")) };
}

async function toUnits(db: Db, actor: UserActor, rows: readonly QueueRow[]): Promise<ConflictUnit[]> {
  const members = await listUnitMembers(
    db,
    rows.map(({ conflict }) => conflict),
  );
  return rows.map((row) => toUnit(row, membersOf(row.conflict, members), actor));
}

function membersOf(first: ConflictRow, rows: readonly ConflictRow[]): ConflictRow[] {
  return rows.filter(
    (row) =>
      row.linkId === first.linkId &&
      unitOf(row.field) === unitOf(first.field) &&
      row.decidedAt?.getTime() === first.decidedAt?.getTime(),
  );
}

function toUnit(row: QueueRow, members: readonly ConflictRow[], { siteIds }: UserActor): ConflictUnit {
  const { conflict, connection, conversation, visitor } = row;
  // what was said on a site the reader does not serve is told as a value, not as a conversation
  const isServed = conversation !== null && (siteIds === null || siteIds.includes(conversation.siteId));
  const undoable =
    row.link.state === "live" &&
    (conflict.status === "kept" || (conflict.status === "applied" && members.every((one) => one.replaced !== null)));
  return {
    id: conflict.id,
    unit: unitOf(conflict.field),
    connection,
    person:
      isServed && visitor
        ? toPersonLabel({ conversation, visitor, contact: row.contact })
        : { contactId: row.contact.id, label: nameOf(row.contact), identity: "anonymous" },
    conversation: isServed
      ? { id: conversation.id, siteName: row.siteName ?? "", assigneeName: row.assigneeName }
      : null,
    recordUrl: row.link.url,
    members: members.map(toConflict),
    undoable,
    since: conflict.createdAt.toISOString(),
  };
}

/** A contact in lists: name, else email, else phone. */
export function nameOf(contact: QueueRow["contact"]): string {
  return fullName(contact) ?? contact.email ?? contact.phone ?? "Somebody unnamed";
}

function toDeed(row: AuditRow, label: string): ConflictDeed[] {
  const action = TRAIL.find((known) => known === row.action);
  if (!action) return [];
  const [from, to] = "from" in row.data ? ["from", "to"] : ["crmValue", "crmValue"];
  return [
    {
      id: row.id,
      at: row.createdAt.toISOString(),
      actor: row.actorName ?? "Rolodesk",
      label,
      action,
      from: ShownValue.catch(null).parse(row.data[from]),
      to: ShownValue.catch(null).parse(row.data[to]),
    },
  ];
}

function toCursor({ id, decidedAt }: QueuePosition): string {
  return Buffer.from(`${id} ${decidedAt?.toISOString() ?? ""}`).toString("base64url");
}

function readCursor(cursor: string): QueuePosition {
  const [id, at = ""] = Buffer.from(cursor, "base64url").toString("utf8").split(" ");
  const parsed = Id.safeParse(id);
  const decidedAt = at === "" ? null : new Date(at);
  if (!parsed.success || Number.isNaN(decidedAt?.getTime() ?? 0)) {
    throw new DomainError("bad_request", "This page does not exist. Start from the first.", {
      cursor: "Leave it out.",
    });
  }
  return { id: parsed.data, decidedAt };
}
