import { NewAuthorization, ReAuthorization } from "@rolodesk/shared/authorization";
import { type Context, Hono } from "hono";
import {
  type Authorizing,
  beginAuthorization,
  beginReauthorization,
} from "../../usecases/authorizations/begin-authorization.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** Beginning to authorize at a vendor; how it ends is in `oauth-callback.ts`. */
export const authorizationRoutes: Area = (deps) =>
  new Hono<AppEnv>().post("/", adminOnly, async (c) =>
    c.json(await beginAuthorization(deps, who(c), await readJson(c, NewAuthorization)), 201),
  );

export const reauthorizationRoutes: Area = (deps) =>
  new Hono<AppEnv>().post("/:id/authorization", adminOnly, async (c) => {
    const id = readId(c, "connection");
    return c.json(await beginReauthorization(deps, who(c), id, await readJson(c, ReAuthorization)), 201);
  });

function who(c: Context<AppEnv>): Authorizing {
  const { actor, id } = c.get("session");
  return { actor, sessionId: id };
}
