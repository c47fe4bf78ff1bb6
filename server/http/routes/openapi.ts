import { Hono } from "hono";
import type { AppEnv, Area } from "../doors.ts";
import { createDocument } from "../openapi/create-document.ts";

/** The API's own description, for anybody: it tells nothing that the source does not. */
export const openApiRoutes: Area = ({ config }) => {
  const document = JSON.stringify(createDocument(config.publicUrl));
  return new Hono<AppEnv>().get("/openapi.json", (c) => c.body(document, 200, { "Content-Type": "application/json" }));
};
