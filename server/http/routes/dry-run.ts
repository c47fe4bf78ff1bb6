import { ContactSearch, DryRunInput } from "@rolodesk/shared/dry-run";
import { Hono } from "hono";
import { dryRun } from "../../usecases/sync/dry-run.ts";
import { viewContactChoices } from "../../views/dry-run.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";

/** Trying out what a push would do, for admins: it reads anybody's contact and record. */
export const dryRunRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .post("/", adminOnly, async (c) =>
      c.json(await dryRun(deps, c.get("session").actor, await readJson(c, DryRunInput))),
    )
    .get("/contacts", adminOnly, async (c) => {
      const { search } = readQuery(c, ContactSearch);
      return c.json({ contacts: await viewContactChoices(deps.db, search) });
    });
