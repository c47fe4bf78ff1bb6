import { ContactFilter } from "@rolodesk/shared/contact";
import { ListSyncRuns } from "@rolodesk/shared/sync-log";
import type { DescribedRoutes } from "./route-description.ts";

const GUARDED = "What a spreadsheet would run as a formula is led by an apostrophe, which an import takes off again.";

export const EXPORT_ROUTES: DescribedRoutes = {
  "GET /api/contacts/export.csv": {
    summary: "Export contacts",
    details: `All that fit the filters of the list. The columns are those an import of a file reads. ${GUARDED}`,
    access: "admin",
    adminOnly: true,
    query: ContactFilter,
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
