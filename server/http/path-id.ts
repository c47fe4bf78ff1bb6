import { Id } from "@rolodesk/shared/ids";
import type { Context } from "hono";
import { notFound } from "../domain/domain-error.ts";
import type { AppEnv } from "./doors.ts";

/** The id in the path; what cannot be an id is not found, in the same words as an id that is nobody's. */
export function readId(c: Context<AppEnv>, what: string, name = "id"): string {
  const parsed = Id.safeParse(c.req.param(name));
  if (!parsed.success) throw notFound(what);
  return parsed.data;
}
