import { DraftSettlement, ListSettlementRows } from "@rolodesk/shared/conflict-queue";
import { type Context, Hono } from "hono";
import { draftSettlement } from "../../usecases/conflicts/draft-settlement.ts";
import { getOwnSettlement, startSettlement } from "../../usecases/conflicts/start-settlement.ts";
import { readSettlementRows, viewSettlement } from "../../views/settlement.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

export const settlementRoutes: Area = (deps) => {
  async function shown(c: Context<AppEnv>, id: string, status: 200 | 201 | 202) {
    const row = await getOwnSettlement(deps.db, c.get("session").actor, id);
    return c.json(await viewSettlement(deps.db, row), status);
  }

  return new Hono<AppEnv>()
    .post("/", async (c) => {
      const id = await draftSettlement(deps, c.get("session").actor, await readJson(c, DraftSettlement));
      return await shown(c, id, 201);
    })
    .get("/:id", async (c) => await shown(c, readId(c, "settlement"), 200))
    .get("/:id/rows", async (c) => {
      const range = readQuery(c, ListSettlementRows);
      const row = await getOwnSettlement(deps.db, c.get("session").actor, readId(c, "settlement"));
      return c.json(await readSettlementRows(deps.db, row, range));
    })
    .post("/:id/start", async (c) => {
      const id = readId(c, "settlement");
      await startSettlement(deps, c.get("session").actor, id);
      return await shown(c, id, 202);
    });
};
