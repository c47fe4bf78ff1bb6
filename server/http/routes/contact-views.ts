import { SaveContactView } from "@rolodesk/shared/contact";
import { Hono } from "hono";
import { removeContactView } from "../../usecases/contacts/remove-contact-view.ts";
import { saveContactView } from "../../usecases/contacts/save-contact-view.ts";
import { readContactViews, toContactView } from "../../views/contact-view.ts";
import { readJson } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** Searches of the directory a user keeps. */
export const contactViewRoutes: Area = (deps) =>
  new Hono<AppEnv>()
    .get("/", async (c) => c.json(await readContactViews(deps.db, c.get("session").actor)))
    .post("/", async (c) => {
      const saved = await saveContactView(deps, c.get("session").actor, await readJson(c, SaveContactView));
      return c.json(toContactView(saved), 201);
    })
    .delete("/:id", async (c) => {
      await removeContactView(deps, c.get("session").actor, readId(c, "saved view"));
      return c.body(null, 204);
    });
