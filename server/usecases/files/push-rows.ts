import { findConnection } from "../../db/queries/connection.ts";
import { advanceBatch, type ImportBatchRow } from "../../db/queries/import-batch.ts";
import { findNextPush } from "../../db/queries/import-push.ts";
import type { Deps } from "../../deps.ts";
import { goOnLater } from "./enqueue-work.ts";
import { publishBatch } from "./publish-batch.ts";
import { type Pushed, pushRow } from "./push-row.ts";
import { rest } from "./rest.ts";

const SLICE_MS = 4_000;
const NEWS_EVERY_MS = 1_000;
const COME_BACK_MS = 3_000;

/**
 * Pushes the rows that wait, one after the other, in the lane of what nobody waits for. `later`: it goes on by itself, or waits
 * for somebody to reconnect the CRM.
 */
export async function pushRows(deps: Deps, batch: ImportBatchRow): Promise<"done" | "later"> {
  const started = deps.now().getTime();
  let told = started;
  let after = 0;
  for (;;) {
    const row = await findNextPush(deps.db, batch.id, after);
    if (!row && after === 0) return "done";
    after = row?.line ?? 0;
    if (!row) continue;
    const connection = await findConnection(deps.db, batch.pushConnectionId ?? "");
    if (connection?.status !== "active") return await stop(deps, batch, connection?.name);
    if (connection.waitUntil && connection.waitUntil > deps.now())
      return await later(deps, batch, connection.waitUntil);

    const pushed = await pushRow(deps, batch, connection, row);
    if (pushed.kind === "refused") return await stop(deps, batch, connection.name);
    if (pushed.kind === "wait") return await later(deps, batch, comeBackAt(deps, pushed));
    await advanceBatch(deps.db, batch.id, "pushing", 1);

    const now = deps.now().getTime();
    if (now - told > NEWS_EVERY_MS) {
      told = now;
      await publishBatch(deps, batch.id);
    }
    if (now - started > SLICE_MS) return await later(deps, batch);
  }
}

function comeBackAt(deps: Deps, { afterMs }: Extract<Pushed, { kind: "wait" }>): Date {
  return new Date(deps.now().getTime() + (afterMs ?? COME_BACK_MS));
}

async function later(deps: Deps, batch: ImportBatchRow, at?: Date): Promise<"later"> {
  await deps.db.transaction((tx) => goOnLater(tx, deps, batch.id, at));
  return "later";
}

/** The rest stays in line; a person presses the button again once the CRM can be used. */
async function stop(deps: Deps, batch: ImportBatchRow, name = "The connection"): Promise<"later"> {
  const problem = `${name} cannot be used now, so the rest was not pushed. Resume or reconnect it, then push again.`;
  await rest(deps, batch.id, { problem });
  return "later";
}
