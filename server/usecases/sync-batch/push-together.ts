import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { claimRuns, countBegun, listRunsToGoTogether } from "../../db/queries/sync-batch.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { PACE_WINDOW_MS, paceOf } from "../../domain/sync/pace-batches.ts";
import { openConnection } from "../connections/open-connection.ts";
import { comeBackLater } from "../sync/come-back-later.ts";
import { publishRun } from "../sync/publish-run.ts";
import { pushBatch } from "./push-batch.ts";

/** Longer than a batch takes. Should its process die, every run of it begins again then. */
const CLAIM_LASTS_MS = 45_000;
/** Candidates of one batch: records that others hold, or that another process is about to take, are passed over. */
const LOOKED_AT = 1_000;

interface Gathered {
  readonly connection: ConnectionRow;
  readonly contactIds: readonly string[];
  readonly runIds: readonly string[];
  readonly size: number;
}

/**
 * Where the CRM takes many records in one call and many pushes are due, the job of one leads up to a batch of them. Returns
 * whether the run is dealt with: pushed, in another batch, or put off until more have gathered.
 */
export async function pushTogether(deps: Deps, run: SyncRunRow): Promise<boolean> {
  if (isInBatch(run, deps.now())) return true;
  const connection = await findConnection(deps.db, run.connectionId);
  if (connection?.status !== "active" || (connection.waitUntil && connection.waitUntil > deps.now())) return false;
  const { batch } = openConnection(deps, connection, { lane: "end" }).connector;
  if (!batch) return false;

  const due = await listRunsToGoTogether(deps.db, { connectionId: connection.id, now: deps.now(), limit: LOOKED_AT });
  if (!run.contactId || !due.some(({ id }) => id === run.id)) return false;
  const begun = await countBegun(deps.db, connection.id, new Date(deps.now().getTime() - PACE_WINDOW_MS));
  const traffic = { due: due.length, size: batch.size, ...begun, lastBeganAt: begun.lastBeganAt?.getTime() ?? null };
  const pace = paceOf(traffic, deps.now().getTime());
  if (pace.kind === "alone") return false;
  if (pace.kind === "gather") {
    await deps.db.transaction((tx) => deps.enqueueRun(tx, run, new Date(pace.until)));
    return true;
  }
  const contactIds = due.map(({ contactId }) => contactId);
  await lead(deps, run.id, run.contactId, {
    connection,
    contactIds,
    runIds: due.map(({ id }) => id),
    size: batch.size,
  });
  return true;
}

/** Its job came while a batch has it, or died with it: the one that was left for that comes at this moment. */
function isInBatch({ status, nextAttemptAt }: SyncRunRow, now: Date): boolean {
  return status === "running" && nextAttemptAt !== null && nextAttemptAt > now;
}

async function lead(
  deps: Deps,
  runId: string,
  contactId: string,
  { connection, contactIds, runIds, size }: Gathered,
): Promise<void> {
  const candidates = { contactId, others: contactIds, atMost: size };
  const held = await deps.locks.holdSeveral(connection.id, candidates, async (free) => {
    const isFree = new Set(free);
    const ids = runIds.filter((_id, at) => isFree.has(contactIds[at] ?? ""));
    const runs = await claim(deps, connection.id, ids);
    await pushBatch(deps, connection, runs);
    for (const { id } of runs) await publishRun(deps, id);
  });
  if (held === "busy") await comeBackLater(deps, runId);
}

/** From here on the jobs of these runs find them taken; the ones left behind come when the claim ends. */
async function claim(deps: Deps, connectionId: string, ids: readonly string[]): Promise<SyncRunRow[]> {
  const now = deps.now();
  const until = new Date(now.getTime() + CLAIM_LASTS_MS);
  return await deps.db.transaction(async (tx) => {
    const runs = await claimRuns(tx, { connectionId, ids, now, until });
    for (const run of runs) await deps.enqueueRun(tx, run, until);
    return runs;
  });
}
