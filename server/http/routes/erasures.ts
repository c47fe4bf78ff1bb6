import { ListErasures, StartErasure } from "@rolodesk/shared/erasure";
import { Hono } from "hono";
import { eraseContact } from "../../usecases/erase/erase-contact.ts";
import { retryErasure } from "../../usecases/erase/retry-erasure.ts";
import { readErasure, readErasures } from "../../views/erasure.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** People who were erased, and the proof of it. */
export const erasureRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .use(adminOnly)
    .get("/", async (c) => c.json(await readErasures(deps.db, readQuery(c, ListErasures))))
    .post("/", async (c) => {
      const { actor } = c.get("session");
      const { contactId } = await readJson(c, StartErasure);
      return c.json(await readErasure(deps.db, await eraseContact(deps, actor, contactId, actor.name)), 202);
    })
    .get("/:id", async (c) => c.json(await readErasure(deps.db, readId(c, "erasure"))))
    .post("/:id/retry", async (c) => {
      const id = readId(c, "erasure");
      await retryErasure(deps, c.get("session").actor, id);
      return c.json(await readErasure(deps.db, id), 202);
    });
