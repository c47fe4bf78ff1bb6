import type { MiddlewareHandler } from "hono";
import { assertAdmin } from "../usecases/access.ts";
import type { AppEnv } from "./doors.ts";

/** Turns agents away before anything of their request is read; the usecase asks again. */
export const adminOnly: MiddlewareHandler<AppEnv> = async (c, next) => {
  assertAdmin(c.get("session").actor);
  await next();
};
