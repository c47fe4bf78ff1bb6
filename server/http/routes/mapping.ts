import { Mapping, ObjectQuery } from "@rolodesk/shared/connection";
import { SampleInput } from "@rolodesk/shared/mapping";
import { Hono } from "hono";
import { describeFields, refreshFields } from "../../usecases/connections/describe-fields.ts";
import { getConnection } from "../../usecases/connections/get-connection.ts";
import { sampleMapping } from "../../usecases/connections/sample-mapping.ts";
import { saveMapping } from "../../usecases/connections/save-mapping.ts";
import { suggestMapping } from "../../usecases/connections/suggest-mapping.ts";
import { toCrmField, viewConnection, viewMapping } from "../../views/connection.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";

/** Which of our values goes into which field of a connection's CRM. */
export const mappingRoutes: Area = (deps) => {
  const { db, connectors } = deps;
  return new Hono<AppEnv>()
    .get("/:id/fields", adminOnly, async (c) => {
      const { object } = readQuery(c, ObjectQuery);
      const described = await describeFields(deps, c.get("session").actor, readId(c, "connection"), object);
      const fields = described.fields.map((field) => toCrmField(field, described.isCreated));
      return c.json({ fields, fetchedAt: described.fetchedAt.toISOString() });
    })
    .post("/:id/fields/refresh", adminOnly, async (c) => {
      const id = readId(c, "connection");
      await refreshFields(deps, c.get("session").actor, id);
      return c.json(await viewConnection(db, connectors, await getConnection(db, c.get("session").actor, id)));
    })
    .get("/:id/mapping", adminOnly, async (c) => {
      const { id } = await getConnection(db, c.get("session").actor, readId(c, "connection"));
      return c.json(await viewMapping(db, id));
    })
    .put("/:id/mapping", adminOnly, async (c) => {
      const id = readId(c, "connection");
      await saveMapping(deps, c.get("session").actor, id, await readJson(c, Mapping));
      return c.json(await viewMapping(db, id));
    })
    .get("/:id/mapping/suggestions", adminOnly, async (c) =>
      c.json(await suggestMapping(deps, c.get("session").actor, readId(c, "connection"))),
    )
    .post("/:id/mapping/sample", adminOnly, async (c) => {
      const id = readId(c, "connection");
      return c.json(await sampleMapping(deps, c.get("session").actor, id, await readJson(c, SampleInput)));
    });
};
