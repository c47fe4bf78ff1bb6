import { ListSyncRuns } from "@rolodesk/shared/sync-log";
import type { DescribedRoutes } from "./route-description.ts";

const GUARDED = "What a spreadsheet would run as a formula is led by an apostrophe, which an import takes off again.";

export const EXPORT_ROUTES: DescribedRoutes = {
  "GET /api/contacts/export.csv": {
    summary: "Export every contact",
    details: `The columns are those an import of a file reads. ${GUARDED}`,
    access: "admin",
    adminOnly: true,
    answers: { 200: null },
    file: "text/csv",
  },
  "GET /api/sync-runs/export.csv": {
    summary: "Export the sync log",
    details: `All that fit the filters; \`cursor\` and \`limit\` do nothing. ${GUARDED}`,
    access: "read:sync",
    query: ListSyncRuns,
    answers: { 200: null },
    file: "text/csv",
  },
};
