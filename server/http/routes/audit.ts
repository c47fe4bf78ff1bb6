import { ListAudit } from "@rolodesk/shared/audit";
import { Hono } from "hono";
import { auditCsv, viewAudit, viewAuditFilters } from "../../views/audit.ts";
import { adminOnly } from "../admin-only.ts";
import { readQuery } from "../body.ts";
import type { AppEnv, Area } from "../doors.ts";
import { streamedCsv } from "../streamed-csv.ts";

const ExportAudit = ListAudit.omit({ cursor: true, limit: true });

export const auditRoutes: Area = ({ db }) =>
  new Hono<AppEnv>()
    .get("/", adminOnly, async (c) => c.json(await viewAudit(db, readQuery(c, ListAudit))))
    .get("/filters", adminOnly, async (c) => c.json(await viewAuditFilters(db)))
    .get("/export.csv", adminOnly, (c) => streamedCsv(c, "audit.csv", auditCsv(db, readQuery(c, ExportAudit))));
