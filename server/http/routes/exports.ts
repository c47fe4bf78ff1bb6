import { ListSyncRuns } from "@rolodesk/shared/sync-log";
import { Hono } from "hono";
import { contactsAsCsv, syncRunsAsCsv } from "../../views/export-csv.ts";
import { assertSeesAll } from "../../views/import-batch.ts";
import { adminOnly } from "../admin-only.ts";
import { readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { streamedCsv } from "../streamed-csv.ts";

/** All contacts as a file. */
export const contactExportRoutes: Area = ({ db }) =>
  new Hono<AppEnv>().get("/export.csv", adminOnly, (c) => {
    assertSeesAll(c.get("session").actor);
    return streamedCsv(c, "contacts.csv", contactsAsCsv(db));
  });

/** The sync log as a file, with the filters of the list. */
export const syncExportRoutes: Area = ({ db }) =>
  new Hono<AppEnv>().get("/export.csv", (c) =>
    streamedCsv(c, "syncs.csv", syncRunsAsCsv(db, c.get("session").actor, readQuery(c, ListSyncRuns))),
  );
