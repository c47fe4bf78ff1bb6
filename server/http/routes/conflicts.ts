import { SettleConflicts, type SettleResult } from "@rolodesk/shared/conflict";
import { Hono } from "hono";
import { settleConflicts } from "../../usecases/conflicts/settle-conflicts.ts";
import { viewConflicts } from "../../views/conflict.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";

export const conflictRoutes: Area = (deps) =>
  new Hono<AppEnv>().post("/settle", async (c) => {
    const outcomes = await settleConflicts(deps, c.get("session").actor, await readJson(c, SettleConflicts));
    const conflicts = await viewConflicts(deps.db, [...outcomes.keys()]);
    const results = [...outcomes].flatMap(([id, outcome]) => {
      const conflict = conflicts.get(id);
      return conflict ? [{ id, outcome, conflict }] : [];
    });
    return c.json({ results } satisfies SettleResult);
  });
