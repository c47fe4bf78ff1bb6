import { join } from "node:path";
import { Hono } from "hono";
import { notFound } from "../../domain/domain-error.ts";
import type { AppEnv, Area } from "../doors.ts";
import { createStaticFiles } from "../static-files.ts";

const LOADER_MAX_AGE_S = 300;

/** The script tag and what it loads. Host pages fetch these from their own origins, so they are open to all. */
export const widgetFiles: Area = (_deps, { staticRoot }) => {
  const serve = createStaticFiles(join(staticRoot, "widget/dist"));
  return new Hono<AppEnv>()
    .use(async (c, next) => {
      await next();
      c.res.headers.set("Access-Control-Allow-Origin", "*");
      c.res.headers.set("Cross-Origin-Resource-Policy", "cross-origin");
    })
    .get("/loader.js", async (c) => {
      const file = await serve(c, "loader.js", { maxAgeS: LOADER_MAX_AGE_S });
      if (!file) throw notFound("file");
      return file;
    })
    .get("/assets/*", async (c) => {
      const path = c.req.path.slice(c.req.path.indexOf("assets/"));
      const file = await serve(c, path, { immutable: true });
      if (!file) throw notFound("file");
      return file;
    });
};
