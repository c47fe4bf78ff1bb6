import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { claimRuns, type DueRun, listRunsToGoTogether, readBusyness } from "../../db/queries/sync-batch.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { PACE_WINDOW_MS, type Pace, paceOf } from "../../domain/sync/pace-batches.ts";
import { openConnection } from "../connections/open-connection.ts";
import { comeBackLater, isClaimed } from "../sync/come-back-later.ts";
import { publishRuns } from "../sync/publish-run.ts";
import { pushBatch } from "./push-batch.ts";

/** Longer than a batch takes. Should its process die, every run of it begins again then. */
const CLAIM_LASTS_MS = 45_000;
const GATHER_WAIT_MS = 2_000;
/** Candidates of one batch: records that others hold are passed over. */
const LOOKED_AT = 1_000;

interface Outlook {
  readonly pace: Pace;
  /** Whether the run is among those who may go now. */
  readonly isDue: boolean;
}

/**
 * Where the CRM takes many records in one call and many pushes are due, the job of one leads up to a batch of them. Returns
 * whether the run is dealt with: pushed, in another's batch, or put off until more have gathered.
 */
export async function pushTogether(deps: Deps, run: SyncRunRow): Promise<boolean> {
  if (isClaimed(run, deps.now())) return true;
  const connection = await findConnection(deps.db, run.connectionId);
  if (connection?.status !== "active" || (connection.waitUntil && connection.waitUntil > deps.now())) return false;
  const { batch } = openConnection(deps, connection, { lane: "end" }).connector;
  if (!batch) return false;
  const { pace, isDue } = await look(deps, run, batch.size);
  if (!isDue || pace.kind === "alone") return false;
  if (pace.kind === "gather") return await putOff(deps, run, pace.until);
  return await lead(deps, connection, run, batch.size);
}

async function look(deps: Deps, { id: runId, connectionId }: SyncRunRow, size: number): Promise<Outlook> {
  const now = deps.now();
  const since = new Date(now.getTime() - PACE_WINDOW_MS);
  const { isDue, ...busy } = await readBusyness(deps.db, { connectionId, runId, now, since, limit: LOOKED_AT });
  return { isDue, pace: paceOf({ ...busy, size }, now.getTime()) };
}

async function putOff(deps: Deps, run: SyncRunRow, until: number): Promise<true> {
  await deps.db.transaction((tx) => deps.enqueueRun(tx, run, new Date(until)));
  return true;
}

/** Others may have gathered since the first look, this run perhaps among theirs. */
async function lead(deps: Deps, connection: ConnectionRow, run: SyncRunRow, size: number): Promise<boolean> {
  let due: DueRun[] = [];
  const pushed = await deps.locks.holdSeveral(connection.id, GATHER_WAIT_MS, {
    async choose() {
      const { isDue, pace } = await look(deps, run, size);
      if (isDue && pace.kind === "together") due = await listDue(deps, run);
      return { contactIds: due.map(({ contactId }) => contactId), atMost: size };
    },
    async claim(contactIds) {
      const held = new Set(contactIds);
      return await claim(
        deps,
        connection,
        due.filter(({ contactId }) => held.has(contactId)).map(({ id }) => id),
        contactIds,
      );
    },
    async work(runs) {
      if (runs.length > 0) await pushBatch(deps, connection, runs);
      const ids = runs.map(({ id }) => id);
      await publishRuns(deps, ids);
      return new Set(ids);
    },
  });
  if (pushed === "busy" || !pushed.has(run.id)) await comeBackLater(deps, run.id);
  return true;
}

/** Everybody who may go now: the leader, then the oldest first. */
async function listDue(deps: Deps, { id: own, connectionId }: SyncRunRow): Promise<DueRun[]> {
  const due = await listRunsToGoTogether(deps.db, { connectionId, now: deps.now(), limit: LOOKED_AT });
  return [...due.filter(({ id }) => id === own), ...due.filter(({ id }) => id !== own)];
}

/** From here on the jobs of these runs find them taken; the ones left behind come when the claim ends. */
async function claim(
  deps: Deps,
  { id: connectionId }: ConnectionRow,
  ids: readonly string[],
  contactIds: readonly string[],
): Promise<SyncRunRow[]> {
  if (ids.length === 0) return [];
  const now = deps.now();
  const until = new Date(now.getTime() + CLAIM_LASTS_MS);
  return await deps.db.transaction(async (tx) => {
    const runs = await claimRuns(tx, { connectionId, ids, contactIds, now, until });
    await Promise.all(runs.map((run) => deps.enqueueRun(tx, run, until)));
    return runs;
  });
}
