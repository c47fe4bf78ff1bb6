import {
  ApproveRows,
  BatchPreview,
  ChooseContact,
  DecidedRows,
  FileLayout,
  FixCell,
  ImportBatchDetail,
  ImportBatchPage,
  ImportRowDetail,
  ImportRowPage,
  ListBatches,
  ListImportRows,
  PushBatch,
  RejectRows,
  SettleDifference,
  UploadQuery,
} from "@rolodesk/shared/import-batch";
import { EXAMPLE_CSV } from "../../domain/imports/example-file.ts";
import { csvExample } from "./csv-example.ts";
import type { DescribedRoutes } from "./route-description.ts";

const ADMIN = { access: "admin", adminOnly: true } as const;
const TYPES = [
  "text/csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/octet-stream",
];

export const BATCH_ROUTES: DescribedRoutes = {
  "GET /api/batches": { ...ADMIN, summary: "List the files", query: ListBatches, answers: { 200: ImportBatchPage } },
  "POST /api/batches": {
    ...ADMIN,
    summary: "Upload a file of people",
    details:
      "The body is the file itself: CSV of at most 100 MB, or .xlsx of at most 25 MB. Answers how it would be read; nothing is read before you say so.",
    query: UploadQuery,
    upload: { types: TYPES, example: EXAMPLE_CSV },
    answers: { 201: ImportBatchDetail },
  },
  "GET /api/batches/example.csv": {
    ...ADMIN,
    summary: "Download an example of a file",
    answers: { 200: null },
    csv: EXAMPLE_CSV,
  },
  "GET /api/batches/:id": { ...ADMIN, summary: "Read how a file stands", answers: { 200: ImportBatchDetail } },
  "DELETE /api/batches/:id": {
    ...ADMIN,
    summary: "Discard a file of which nobody was brought in",
    answers: { 204: null },
    errors: [409],
  },
  "POST /api/batches/:id/preview": {
    ...ADMIN,
    summary: "Try out a layout on the first rows",
    body: FileLayout,
    answers: { 200: BatchPreview },
    errors: [409],
  },
  "POST /api/batches/:id/read": {
    ...ADMIN,
    summary: "Read the rows of a file",
    details: "Stages every row with its class beside the contacts there are. Nothing is brought in yet.",
    body: FileLayout,
    answers: { 202: ImportBatchDetail },
    errors: [409],
  },
  "GET /api/batches/:id/rows": {
    ...ADMIN,
    summary: "List the rows of a file",
    query: ListImportRows,
    answers: { 200: ImportRowPage },
  },
  "GET /api/batches/:id/rows.csv": {
    ...ADMIN,
    summary: "Export the rows of a file",
    details: "With class, status and reason of each; `after` and `limit` do nothing.",
    query: ListImportRows,
    answers: { 200: null },
    csv: csvExample({ Row: "2", Class: "new", Status: "waiting", Why: "", Email: "ana@example.com" }),
  },
  "GET /api/batches/:id/rows/:line": {
    ...ADMIN,
    summary: "Read a row beside the contact it is about, or those it could be",
    answers: { 200: ImportRowDetail },
  },
  "PATCH /api/batches/:id/rows/:line": {
    ...ADMIN,
    summary: "Correct a cell of a row that waits",
    body: FixCell,
    answers: { 200: ImportRowDetail },
    errors: [409],
  },
  "POST /api/batches/:id/rows/:line/choice": {
    ...ADMIN,
    summary: "Say which contact a row is, or that it is somebody new",
    body: ChooseContact,
    answers: { 200: ImportRowDetail },
    errors: [409],
  },
  "POST /api/batches/:id/rows/:line/differences": {
    ...ADMIN,
    summary: "Settle a difference between an imported row and its contact",
    details: "Carries our value as it was seen. If it has changed since, nothing is written and the answer is 409.",
    body: SettleDifference,
    answers: { 200: ImportRowDetail },
    errors: [409],
  },
  "POST /api/batches/:id/approve": {
    ...ADMIN,
    summary: "Approve rows and bring them in",
    details: "Only rows that wait are approved, so that twice is once. `class: null` stands for all that can be.",
    body: ApproveRows,
    answers: { 202: DecidedRows },
    errors: [409],
  },
  "POST /api/batches/:id/reject": {
    ...ADMIN,
    summary: "Reject rows",
    body: RejectRows,
    answers: { 200: DecidedRows },
    errors: [409],
  },
  "POST /api/batches/:id/check": {
    ...ADMIN,
    summary: "Compare the rows that wait with the contacts anew",
    answers: { 202: ImportBatchDetail },
    errors: [409],
  },
  "POST /api/batches/:id/push": {
    ...ADMIN,
    summary: "Create the imported people in a CRM",
    details:
      "Those who have no link there. Answers how many rows wait for it; each row tells what became of it. With `retry` those that failed are tried again.",
    body: PushBatch,
    answers: { 202: DecidedRows },
    errors: [409],
  },
  "POST /api/batches/:id/undo": {
    ...ADMIN,
    summary: "Take out the contacts a file has made",
    details: "Only those that nobody has touched since; the rows of the others say why they stay.",
    answers: { 202: ImportBatchDetail },
    errors: [409],
  },
};
