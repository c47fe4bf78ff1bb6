import { SyncRequest } from "@rolodesk/shared/sync-run";
import { Hono } from "hono";
import { getServedConversation } from "../../usecases/access.ts";
import { requestSync } from "../../usecases/sync/request-sync.ts";
import { viewCrmPanel } from "../../views/crm-panel.ts";
import { viewSyncRun } from "../../views/sync-run.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** A conversation's CRM sidebar and its Sync button. */
export const crmPanelRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .get("/:id/crm", async (c) => {
      const talk = await getServedConversation(deps.db, c.get("session").actor, readId(c, "conversation"));
      return c.json(await viewCrmPanel(deps.db, deps.connectors, talk));
    })
    .post("/:id/sync", async (c) => {
      const id = readId(c, "conversation");
      const run = await requestSync(deps, c.get("session").actor, id, await readJson(c, SyncRequest));
      return c.json(await viewSyncRun(deps.db, deps.connectors, run), 202);
    });
