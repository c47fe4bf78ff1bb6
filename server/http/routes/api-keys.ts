import { type MadeApiKey, NewApiKey } from "@rolodesk/shared/api-key";
import { Hono } from "hono";
import { createApiKey } from "../../usecases/api-keys/create-api-key.ts";
import { revokeApiKey } from "../../usecases/api-keys/revoke-api-key.ts";
import { viewApiKey, viewApiKeys } from "../../views/api-key.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const apiKeyRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .get("/", adminOnly, async (c) => c.json({ keys: await viewApiKeys(deps.db, deps.now()) }))
    .post("/", adminOnly, async (c) => {
      const made = await createApiKey(deps, c.get("session").actor, await readJson(c, NewApiKey));
      const key = await viewApiKey(deps.db, made.keyId, deps.now());
      return c.json({ key, secret: made.secret } satisfies MadeApiKey, 201);
    })
    .delete("/:id", adminOnly, async (c) => {
      await revokeApiKey(deps, c.get("session").actor, readId(c, "API key"));
      return c.body(null, 204);
    });
