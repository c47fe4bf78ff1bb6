import {
  ContactSync,
  ContactSyncChange,
  ImportDetailPage,
  ImportPage,
  ImportRun,
  ListImportDetails,
  ListImports,
  StartImport,
} from "@rolodesk/shared/import-run";
import { csvExample } from "./csv-example.ts";
import type { DescribedRoutes } from "./route-description.ts";

const ADMIN = { access: "admin", adminOnly: true } as const;

export const IMPORT_ROUTES: DescribedRoutes = {
  "GET /api/imports": {
    summary: "List the imports from CRMs",
    details: "Newest first, a page at a time.",
    ...ADMIN,
    query: ListImports,
    answers: { 200: ImportPage },
  },
  "POST /api/imports": {
    summary: "Start an import from a CRM",
    details:
      "`full` reads everybody and then looks for those who are gone; `changes` goes on where the last import ended. One per connection at a time. Nothing is written to the CRM.",
    ...ADMIN,
    body: StartImport,
    answers: { 201: ImportRun },
    errors: [404, 409],
  },
  "GET /api/imports/:id": { summary: "Read an import", ...ADMIN, answers: { 200: ImportRun } },
  "GET /api/imports/:id/details": {
    summary: "List the records of an import of which there is something to say",
    ...ADMIN,
    query: ListImportDetails,
    answers: { 200: ImportDetailPage },
  },
  "GET /api/imports/:id/details.csv": {
    summary: "Download the records of an import of which there is something to say",
    ...ADMIN,
    answers: { 200: null },
    csv: csvExample({
      Result: "skipped",
      Who: "Ana Demo",
      Object: "contact",
      Record: "504097748710",
      Reason: "It has neither an email nor a phone number.",
      Link: "https://app.hubspot.com/contacts/1234567/record/0-1/504097748710",
      Contact: "",
    }),
  },
  "POST /api/imports/:id/pause": {
    summary: "Pause an import after the page it is at",
    ...ADMIN,
    answers: { 200: ImportRun },
    errors: [409],
  },
  "POST /api/imports/:id/resume": {
    summary: "Resume a paused or failed import",
    ...ADMIN,
    answers: { 200: ImportRun },
    errors: [409],
  },
  "POST /api/imports/:id/cancel": {
    summary: "End an import; what came in stays",
    ...ADMIN,
    answers: { 200: ImportRun },
    errors: [409],
  },
  "GET /api/connections/:id/contact-sync": {
    summary: "Read how a connection's contacts come in",
    ...ADMIN,
    answers: { 200: ContactSync },
    errors: [409],
  },
  "PATCH /api/connections/:id/contact-sync": {
    summary: "Change how a connection's contacts come in",
    ...ADMIN,
    body: ContactSyncChange,
    answers: { 200: ContactSync },
    errors: [409],
  },
};
