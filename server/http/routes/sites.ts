import { SiteInput } from "@rolodesk/shared/site";
import { Hono } from "hono";
import { changeSite } from "../../usecases/sites/change-site.ts";
import { createSite } from "../../usecases/sites/create-site.ts";
import { makeIdentitySecret, removeIdentitySecret } from "../../usecases/sites/identity-secret.ts";
import { readSites, toSite } from "../../views/site.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const siteRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .get("/", async (c) => {
      const sites = await readSites(deps.db, c.get("session").actor);
      return c.json({ sites, publicUrl: deps.config.publicUrl });
    })
    .post("/", adminOnly, async (c) => {
      const row = await createSite(deps, c.get("session").actor, await readJson(c, SiteInput));
      return c.json(toSite(row), 201);
    })
    .patch("/:id", adminOnly, async (c) => {
      const id = readId(c, "site");
      const row = await changeSite(deps, c.get("session").actor, id, await readJson(c, SiteInput.partial()));
      return c.json(toSite(row));
    })
    .post("/:id/identity-secret", adminOnly, async (c) => {
      const secret = await makeIdentitySecret(deps, c.get("session").actor, readId(c, "site"));
      return c.json({ secret }, 201);
    })
    .delete("/:id/identity-secret", adminOnly, async (c) => {
      await removeIdentitySecret(deps, c.get("session").actor, readId(c, "site"));
      return c.body(null, 204);
    });
