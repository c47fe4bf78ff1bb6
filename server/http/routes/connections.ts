import { ConnectionChange, NewConnection, SigningSecret } from "@rolodesk/shared/connection";
import { type Context, Hono } from "hono";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import { addConnection } from "../../usecases/connections/add-connection.ts";
import { changeConnection } from "../../usecases/connections/change-connection.ts";
import { checkConnection } from "../../usecases/connections/check-connection.ts";
import { getConnection } from "../../usecases/connections/get-connection.ts";
import { pauseConnection, resumeConnection } from "../../usecases/connections/pause-connection.ts";
import { removeConnection } from "../../usecases/connections/remove-connection.ts";
import { makeWebhookSecret, saveSigningSecret } from "../../usecases/webhooks/webhook-secrets.ts";
import { viewConnection, viewConnections } from "../../views/connection.ts";
import { viewConnectionHealth } from "../../views/connection-health.ts";
import { shownOnce, viewWebhook } from "../../views/webhook.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const connectionRoutes: Area = (deps) => {
  const { db, connectors } = deps;

  async function shown(c: Context<AppEnv>, row: ConnectionRow, status: 200 | 201 = 200) {
    return c.json(await viewConnection(db, connectors, row), status);
  }

  return new Hono<AppEnv>()
    .get("/", async (c) => c.json({ connections: await viewConnections(db, connectors, c.get("session").actor) }))
    .post("/", adminOnly, async (c) => {
      const row = await addConnection(deps, c.get("session").actor, await readJson(c, NewConnection));
      return await shown(c, row, 201);
    })
    .patch("/:id", adminOnly, async (c) => {
      const id = readId(c, "connection");
      return await shown(
        c,
        await changeConnection(deps, c.get("session").actor, id, await readJson(c, ConnectionChange)),
      );
    })
    .delete("/:id", adminOnly, async (c) => {
      await removeConnection(deps, c.get("session").actor, readId(c, "connection"));
      return c.body(null, 204);
    })
    .post("/:id/check", adminOnly, async (c) =>
      shown(c, await checkConnection(deps, c.get("session").actor, readId(c, "connection"))),
    )
    .post("/:id/pause", adminOnly, async (c) =>
      shown(c, await pauseConnection(deps, c.get("session").actor, readId(c, "connection"))),
    )
    .post("/:id/resume", adminOnly, async (c) =>
      shown(c, await resumeConnection(deps, c.get("session").actor, readId(c, "connection"))),
    )
    .get("/:id/health", adminOnly, async (c) => {
      const row = await getConnection(db, c.get("session").actor, readId(c, "connection"));
      return c.json(await viewConnectionHealth(deps, row));
    })
    .get("/:id/webhook", adminOnly, async (c) => {
      const row = await getConnection(db, c.get("session").actor, readId(c, "connection"));
      return c.json(await viewWebhook(deps, row));
    })
    .post("/:id/webhook/secret", adminOnly, async (c) => {
      const id = readId(c, "connection");
      const secret = await makeWebhookSecret(deps, c.get("session").actor, id);
      const row = await getConnection(db, c.get("session").actor, id);
      return c.json(shownOnce(deps, row, secret), 201);
    })
    .put("/:id/webhook/signing", adminOnly, async (c) => {
      const id = readId(c, "connection");
      const { secret } = await readJson(c, SigningSecret);
      await saveSigningSecret(deps, c.get("session").actor, id, secret);
      return c.body(null, 204);
    });
};
