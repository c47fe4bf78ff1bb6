import { ListImportDetails, ListImports, StartImport } from "@rolodesk/shared/import-run";
import { type Context, Hono } from "hono";
import type { UserActor } from "../../actor.ts";
import { startImport } from "../../usecases/imports/start-import.ts";
import { cancelImport, pauseImport, resumeImport } from "../../usecases/imports/steer-import.ts";
import { importDetailsAsCsv, viewImport, viewImportDetails, viewImports } from "../../views/import-run.ts";
import { adminOnly } from "../admin-only.ts";
import { readJson, readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { readId } from "../path-id.ts";
import { streamedCsv } from "../streamed-csv.ts";

/** Contacts coming in from CRMs. */
export const importRoutes: Area = (deps) => {
  const { db, connectors } = deps;

  function steered(steer: (id: string, actor: UserActor) => Promise<void>) {
    return async (c: Context<AppEnv>) => {
      const id = readId(c, "import");
      await steer(id, c.get("session").actor);
      return c.json(await viewImport(db, connectors, id));
    };
  }

  return new Hono<AppEnv>()
    .get("/", adminOnly, async (c) => c.json(await viewImports(db, connectors, readQuery(c, ListImports))))
    .post("/", adminOnly, async (c) => {
      const id = await startImport(deps, c.get("session").actor, await readJson(c, StartImport));
      return c.json(await viewImport(db, connectors, id), 201);
    })
    .get("/:id", adminOnly, async (c) => c.json(await viewImport(db, connectors, readId(c, "import"))))
    .get("/:id/details", adminOnly, async (c) => {
      const query = readQuery(c, ListImportDetails);
      return c.json(await viewImportDetails(db, readId(c, "import"), query));
    })
    .get("/:id/details.csv", adminOnly, async (c) => {
      const { id } = await viewImport(db, connectors, readId(c, "import"));
      return streamedCsv(c, `import-${id}.csv`, importDetailsAsCsv(db, id));
    })
    .post(
      "/:id/pause",
      adminOnly,
      steered((id, actor) => pauseImport(deps, actor, id)),
    )
    .post(
      "/:id/resume",
      adminOnly,
      steered((id, actor) => resumeImport(deps, actor, id)),
    )
    .post(
      "/:id/cancel",
      adminOnly,
      steered((id, actor) => cancelImport(deps, actor, id)),
    );
};
