import {
  type FailedRuns,
  FailedRunsQuery,
  ListSyncRuns,
  type RetriedRuns,
  RetryFailedRuns,
} from "@rolodesk/shared/sync-log";
import { RunChoice } from "@rolodesk/shared/sync-run";
import { type Context, Hono } from "hono";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import { chooseRecord } from "../../usecases/sync/choose-record.ts";
import { getServedRun } from "../../usecases/sync/get-served-run.ts";
import { countFailed, retryFailedRuns } from "../../usecases/sync/retry-failed-runs.ts";
import { retryRun } from "../../usecases/sync/retry-run.ts";
import { readSyncLog, readSyncRunDetail } from "../../views/sync-log.ts";
import { viewSyncRun } from "../../views/sync-run.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const syncRunRoutes: Area = (deps) => {
  async function shown(c: Context<AppEnv>, run: SyncRunRow, status: 200 | 202) {
    return c.json(await viewSyncRun(deps.db, deps.connectors, run), status);
  }

  return new Hono<AppEnv>()
    .get("/", async (c) => c.json(await readSyncLog(deps.db, c.get("session").actor, readQuery(c, ListSyncRuns))))
    .get("/failed", adminOnly, async (c) => {
      const failed = await countFailed(deps, c.get("session").actor, readQuery(c, FailedRunsQuery).connection);
      return c.json({ failed } satisfies FailedRuns);
    })
    .post("/retry-failed", adminOnly, async (c) => {
      const { connectionId } = await readJson(c, RetryFailedRuns);
      const retried = await retryFailedRuns(deps, c.get("session").actor, connectionId);
      return c.json({ retried } satisfies RetriedRuns, 202);
    })
    .get("/:id", async (c) => shown(c, await getServedRun(deps, c.get("session").actor, readId(c, "sync")), 200))
    .get("/:id/detail", async (c) =>
      c.json(await readSyncRunDetail(deps.db, deps.connectors, c.get("session").actor, readId(c, "sync"))),
    )
    .post("/:id/retry", async (c) => shown(c, await retryRun(deps, c.get("session").actor, readId(c, "sync")), 202))
    .post("/:id/choice", async (c) => {
      const id = readId(c, "sync");
      return await shown(c, await chooseRecord(deps, c.get("session").actor, id, await readJson(c, RunChoice)), 202);
    });
};
