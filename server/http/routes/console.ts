import { join } from "node:path";
import { Hono } from "hono";
import { notFound } from "../../domain/domain-error.ts";
import type { AppEnv, Area } from "../doors.ts";
import { createStaticFiles } from "../static-files.ts";

/** The agents' app. Every path that is not a file is one of its screens. */
export const consolePages: Area = (_deps, { staticRoot }) => {
  const serve = createStaticFiles(join(staticRoot, "sidebar/dist"));
  return new Hono<AppEnv>()
    .get("/", (c) => c.redirect("/app/inbox"))
    .get("/app", (c) => c.redirect("/app/inbox"))
    .get("/app/*", async (c) => {
      const path = c.req.path.slice("/app/".length);
      const file = await serve(c, path, { immutable: path.startsWith("assets/") });
      if (file) return file;
      const screen = path.startsWith("assets/") ? undefined : await serve(c, "index.html");
      if (!screen) throw notFound("file");
      return screen;
    });
};
