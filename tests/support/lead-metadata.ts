import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";

const FILE = join(
  process.env.ROLODESK_SPECS ?? join(import.meta.dirname, "../../../shared/specs"),
  "dynamics/lead.metadata.json",
);

const Attributes = z.array(z.looseObject({ "@odata.type": z.string(), LogicalName: z.string() }));

/** Whether the metadata of a real environment is beside the project; it is no part of it. */
export function hasLeadMetadata(): boolean {
  return existsSync(FILE);
}

/** The Web API in front of an environment's own lead table: plain attributes, and those of one type with what only it tells. */
export function serveLeadMetadata(): Hono {
  const { Attributes: attributes } = z.object({ Attributes }).parse(JSON.parse(readFileSync(FILE, "utf8")));
  const app = new Hono();
  const definition = "/api/data/v9.2/:entity{EntityDefinitions.+}/Attributes";
  app.post("/tenant/oauth2/v2.0/token", (c) => c.json({ token_type: "Bearer", expires_in: 3600, access_token: "t" }));
  app.get(definition, (c) => c.json({ value: attributes.map((one) => picked(one, c.req.query("$select"))) }));
  app.get(`${definition}/:type`, (c) => {
    const ofType = attributes.filter((one) => one["@odata.type"] === `#${c.req.param("type")}`);
    const expanded = c.req.query("$expand") ? ",OptionSet" : "";
    return c.json({ value: ofType.map((one) => picked(one, `${c.req.query("$select")}${expanded}`)) });
  });
  return app;
}

function picked(attribute: Record<string, unknown>, select = ""): Record<string, unknown> {
  return Object.fromEntries(select.split(",").map((name) => [name, attribute[name] ?? null]));
}
