import { AuditFilters, AuditPage, ListAudit } from "@rolodesk/shared/audit";
import { csvExample } from "./csv-example.ts";
import type { DescribedRoutes } from "./route-description.ts";

const ADMIN = { access: "admin", adminOnly: true } as const;

export const AUDIT_ROUTES: DescribedRoutes = {
  "GET /api/audit": {
    summary: "List who did what",
    details: "Newest first, a page at a time. Every part of the query narrows.",
    ...ADMIN,
    query: ListAudit,
    answers: { 200: AuditPage },
  },
  "GET /api/audit/filters": {
    summary: "List the people, actions and objects of the audit trail",
    ...ADMIN,
    answers: { 200: AuditFilters },
  },
  "GET /api/audit/export.csv": {
    summary: "Download the audit trail as CSV",
    details: "At most 50,000 entries, narrowed like the list. No cell begins a formula.",
    ...ADMIN,
    query: ListAudit.omit({ cursor: true, limit: true }),
    answers: { 200: null },
    csv: csvExample({
      time: "2026-03-02T09:30:00.000Z",
      person: "Adi",
      "api key": "",
      action: "site.changed",
      object: "site",
      "object id": "019cad4e-0000-7000-8000-000000000003",
      "contact id": "",
      details: "{}",
    }),
  },
};
