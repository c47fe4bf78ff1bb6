import { SettleConflicts, type SettleResult } from "@rolodesk/shared/conflict";
import { type ConflictCount, ListConflicts, type UndoResult } from "@rolodesk/shared/conflict-queue";
import { Hono } from "hono";
import { settleConflicts } from "../../usecases/conflicts/settle-conflicts.ts";
import { undoDecision } from "../../usecases/conflicts/undo-decision.ts";
import { viewConflicts } from "../../views/conflict.ts";
import { countOpenConflicts, readConflictDetail, readConflictQueue } from "../../views/conflict-queue.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const conflictRoutes: Area = (deps) => {
  const { db } = deps;
  return new Hono<AppEnv>()
    .get("/", async (c) =>
      c.json(await readConflictQueue(db, c.get("session").actor, readQuery(c, ListConflicts), deps.now())),
    )
    .get("/count", async (c) =>
      c.json({ open: await countOpenConflicts(db, c.get("session").actor) } satisfies ConflictCount),
    )
    .post("/settle", async (c) => {
      const outcomes = await settleConflicts(deps, c.get("session").actor, await readJson(c, SettleConflicts));
      const conflicts = await viewConflicts(db, [...outcomes.keys()]);
      const results = [...outcomes].flatMap(([id, outcome]) => {
        const conflict = conflicts.get(id);
        return conflict ? [{ id, outcome, conflict }] : [];
      });
      return c.json({ results } satisfies SettleResult);
    })
    .get("/:id", async (c) => c.json(await readConflictDetail(db, c.get("session").actor, readId(c, "conflict"))))
    .post("/:id/undo", async (c) => {
      const { ids, ...undone } = await undoDecision(deps, c.get("session").actor, readId(c, "conflict"));
      const conflicts = await viewConflicts(db, ids);
      return c.json({ ...undone, conflicts: [...conflicts.values()] } satisfies UndoResult);
    });
};
