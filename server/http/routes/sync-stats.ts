import { SyncStatsQuery } from "@rolodesk/shared/sync-stats";
import { Hono } from "hono";
import { readSyncStats } from "../../views/sync-stats.ts";
import { readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";

export const syncStatsRoutes: Area = (deps) =>
  new Hono<AppEnv>().get("/", async (c) =>
    c.json(await readSyncStats(deps.db, c.get("session").actor, readQuery(c, SyncStatsQuery), deps.now())),
  );
