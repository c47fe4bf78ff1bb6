import type { Conflict } from "@rolodesk/shared/conflict";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { and, desc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "../db/client.ts";
import type { ConflictRow } from "../db/queries/conflict.ts";
import { conflict } from "../db/schema/sync.ts";
import { unitOf } from "../domain/sync/keep-name-together.ts";

export function toConflict(row: ConflictRow): Conflict {
  return {
    id: row.id,
    connectionId: row.connectionId,
    contactId: row.contactId,
    field: row.field,
    unit: unitOf(row.field),
    label: fieldLabel(row.field),
    property: row.property,
    status: row.status,
    crmValue: row.crmValue,
    crmSource: row.crmSource,
    chatValue: row.chatValue,
    conversationId: row.conversationId,
    messageSeq: row.messageSeq,
    earlier: row.earlier,
    problem: row.problem,
    stale: row.staleSince !== null,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  };
}

/** What waits for an agent about a contact, oldest first. */
export async function viewPendingConflicts(db: DbOrTx, contactId: string): Promise<Conflict[]> {
  const rows = await db
    .select()
    .from(conflict)
    .where(and(eq(conflict.contactId, contactId), inArray(conflict.status, ["pending", "applying"])))
    .orderBy(conflict.id);
  return rows.map(toConflict);
}

export async function viewConflicts(db: DbOrTx, ids: readonly string[]): Promise<Map<string, Conflict>> {
  const rows = await db
    .select()
    .from(conflict)
    .where(inArray(conflict.id, [...ids]))
    .orderBy(desc(conflict.id));
  return new Map(rows.map((row) => [row.id, toConflict(row)]));
}
