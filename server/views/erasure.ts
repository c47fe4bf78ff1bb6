import type { Erasure, ErasurePage, ListErasures } from "@rolodesk/shared/erasure";
import { inArray } from "drizzle-orm";
import type { DbOrTx } from "../db/client.ts";
import { type ErasureRow, findErasure, listErasureSteps, listErasures } from "../db/queries/erasure.ts";
import { connection } from "../db/schema/connection.ts";
import { notFound } from "../domain/domain-error.ts";

export async function readErasure(db: DbOrTx, id: string): Promise<Erasure> {
  const row = await findErasure(db, id);
  const [erasure] = row ? await viewErasures(db, [row]) : [];
  if (!erasure) throw notFound("erasure");
  return erasure;
}

export async function readErasures(db: DbOrTx, { cursor, limit }: ListErasures): Promise<ErasurePage> {
  const rows = await listErasures(db, cursor, limit + 1);
  const items = await viewErasures(db, rows.slice(0, limit));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

async function viewErasures(db: DbOrTx, rows: readonly ErasureRow[]): Promise<Erasure[]> {
  const steps = await listErasureSteps(
    db,
    rows.map(({ id }) => id),
  );
  const connectionIds = [...new Set(steps.map(({ connectionId }) => connectionId))];
  const connections =
    connectionIds.length > 0 ? await db.select().from(connection).where(inArray(connection.id, connectionIds)) : [];
  return rows.map((row) => ({
    id: row.id,
    contactId: row.contactId,
    askedBy: row.askedBy,
    status: row.status,
    at: row.createdAt.toISOString(),
    erasedHereAt: (row.erasedHereAt ?? row.createdAt).toISOString(),
    erased: Object.entries(row.erased).map(([what, count]) => ({ what, count })),
    steps: steps.flatMap((step) => {
      const found = connections.find(({ id }) => id === step.connectionId);
      if (step.requestId !== row.id || !found) return [];
      return {
        id: step.id,
        connection: { id: found.id, name: found.name, provider: found.provider },
        object: step.object,
        externalId: step.externalId,
        action: step.action,
        status: step.status,
        crmRequestIds: step.crmRequestIds,
        problem: step.problem,
        doneAt: step.doneAt?.toISOString() ?? null,
      };
    }),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}
