import { ContactFilter } from "@rolodesk/shared/contact";
import { ListSyncRuns } from "@rolodesk/shared/sync-log";
import { csvExample } from "./csv-example.ts";
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
    csv: csvExample({
      Id: "019cad4e-0000-7000-8000-000000000001",
      "First name": "Ana",
      "Last name": "Demo",
      Email: "ana@example.com",
      Phone: "+12025550123",
      Tags: "newsletter; wholesale",
      Source: "chat",
      "Created at": "2026-03-02T09:30:00.000Z",
      "Updated at": "2026-03-02T09:30:00.000Z",
    }),
  },
  "GET /api/sync-runs/export.csv": {
    summary: "Export the sync log",
    details: `All that fit the filters; \`cursor\` and \`limit\` do nothing. ${GUARDED}`,
    access: "read:sync",
    query: ListSyncRuns,
    answers: { 200: null },
    csv: csvExample({
      Id: "019cad4e-0000-7000-8000-000000000002",
      "Created at": "2026-03-02T09:30:00.000Z",
      "Finished at": "2026-03-02T09:30:01.000Z",
      Person: "Ana Demo",
      Connection: "HubSpot",
      Site: "Shop",
      Trigger: "conversation_end",
      Status: "done",
      Result: "updated",
      "Fields written": "1",
      Conflicts: "0",
      Why: "",
    }),
  },
};
