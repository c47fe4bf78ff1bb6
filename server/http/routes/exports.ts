import { ContactFilter } from "@rolodesk/shared/contact";
import { ListSyncRuns } from "@rolodesk/shared/sync-log";
import { Hono } from "hono";
import { toDirectoryFilter } from "../../views/contact-directory.ts";
import { contactsAsCsv, syncRunsAsCsv } from "../../views/export-csv.ts";
import { adminOnly } from "../admin-only.ts";
import { readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { streamedCsv } from "../streamed-csv.ts";

/** The contacts that fit the directory's filters, as a file. */
export const contactExportRoutes: Area = ({ db, now }) =>
  new Hono<AppEnv>().get("/export.csv", adminOnly, (c) => {
    const filter = toDirectoryFilter(c.get("session").actor, readQuery(c, ContactFilter), now());
    return streamedCsv(c, "contacts.csv", contactsAsCsv(db, filter));
  });

/** The sync log as a file, with the filters of the list. */
export const syncExportRoutes: Area = ({ db }) =>
  new Hono<AppEnv>().get("/export.csv", (c) =>
    streamedCsv(c, "syncs.csv", syncRunsAsCsv(db, c.get("session").actor, readQuery(c, ListSyncRuns))),
  );
