import { RunChoice } from "@rolodesk/shared/sync-run";
import { type Context, Hono } from "hono";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import { chooseRecord } from "../../usecases/sync/choose-record.ts";
import { getServedRun } from "../../usecases/sync/get-served-run.ts";
import { retryRun } from "../../usecases/sync/retry-run.ts";
import { viewSyncRun } from "../../views/sync-run.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const syncRunRoutes: Area = (deps) => {
  async function shown(c: Context<AppEnv>, run: SyncRunRow, status: 200 | 202) {
    return c.json(await viewSyncRun(deps.db, deps.connectors, run), status);
  }

  return new Hono<AppEnv>()
    .get("/:id", async (c) => shown(c, await getServedRun(deps, c.get("session").actor, readId(c, "sync")), 200))
    .post("/:id/retry", async (c) => shown(c, await retryRun(deps, c.get("session").actor, readId(c, "sync")), 202))
    .post("/:id/choice", async (c) => {
      const id = readId(c, "sync");
      return await shown(c, await chooseRecord(deps, c.get("session").actor, id, await readJson(c, RunChoice)), 202);
    });
};
