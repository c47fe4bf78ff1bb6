import { ContactSyncChange } from "@rolodesk/shared/import-run";
import { type Context, Hono } from "hono";
import { DomainError } from "../../domain/domain-error.ts";
import { getConnection } from "../../usecases/connections/get-connection.ts";
import { changeContactSync, getContactSync, pullsOf } from "../../usecases/imports/contact-sync.ts";
import { viewContactSync } from "../../views/import-run.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** How the contacts of a connection come in. */
export const contactSyncRoutes: Area = (deps) => {
  async function shown(c: Context<AppEnv>, id: string) {
    const connection = await getConnection(deps.db, c.get("session").actor, id);
    const pulls = pullsOf(deps, connection);
    if (!pulls) {
      const { name } = deps.connectors.kindOf(connection.provider);
      throw new DomainError("conflict", `Contacts are not imported from ${name}.`);
    }
    return c.json(await viewContactSync(deps.db, await getContactSync(deps, connection), pulls));
  }

  return new Hono<AppEnv>()
    .get("/:id/contact-sync", adminOnly, async (c) => await shown(c, readId(c, "connection")))
    .patch("/:id/contact-sync", adminOnly, async (c) => {
      const id = readId(c, "connection");
      await changeContactSync(deps, c.get("session").actor, id, await readJson(c, ContactSyncChange));
      return await shown(c, id);
    });
};
