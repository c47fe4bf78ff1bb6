import type {
  BatchPreview,
  DecidedRows,
  FileLayout,
  FixCell,
  ImportBatchDetail,
  ImportBatchPage,
  ImportRowDetail,
  ImportRowPage,
  ListImportRows,
  PushBatch,
  RowSelection,
  SettleDifference,
} from "@rolodesk/shared/import-batch";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

export type RowQuery = Partial<Omit<ListImportRows, "after" | "limit">>;

function at(id: string, rest = ""): string {
  return `/api/batches/${encodeURIComponent(id)}${rest}`;
}

export function listBatches(page: { cursor?: string; limit: number }): Promise<ImportBatchPage> {
  return request("GET", `/api/batches?${toParams(page)}`);
}
export function readBatch(id: string): Promise<ImportBatchDetail> {
  return request("GET", at(id));
}
export function deleteBatch(id: string): Promise<void> {
  return request("DELETE", at(id));
}
export function previewBatch(id: string, layout: FileLayout): Promise<BatchPreview> {
  return request("POST", at(id, "/preview"), layout);
}
export function postReading(id: string, layout: FileLayout): Promise<ImportBatchDetail> {
  return request("POST", at(id, "/read"), layout);
}
export function listImportRows(id: string, query: RowQuery, after: number, limit: number): Promise<ImportRowPage> {
  return request("GET", at(id, `/rows?${toParams({ ...query, after, limit })}`));
}
export function readImportRow(id: string, line: number): Promise<ImportRowDetail> {
  return request("GET", at(id, `/rows/${line}`));
}
export function patchCell(id: string, line: number, fix: FixCell): Promise<ImportRowDetail> {
  return request("PATCH", at(id, `/rows/${line}`), fix);
}
export function postChoice(id: string, line: number, contactId: string | null): Promise<ImportRowDetail> {
  return request("POST", at(id, `/rows/${line}/choice`), { contactId });
}
export function postDifference(id: string, line: number, settled: SettleDifference): Promise<ImportRowDetail> {
  return request("POST", at(id, `/rows/${line}/differences`), settled);
}
export function postApproval(id: string, rows: RowSelection): Promise<DecidedRows> {
  return request("POST", at(id, "/approve"), { rows });
}
export function postRejection(id: string, rows: RowSelection, reason: string): Promise<DecidedRows> {
  return request("POST", at(id, "/reject"), { rows, reason });
}
export function postCheck(id: string): Promise<ImportBatchDetail> {
  return request("POST", at(id, "/check"), {});
}
export function postPush(id: string, input: PushBatch): Promise<DecidedRows> {
  return request("POST", at(id, "/push"), input);
}
export function postUndoImport(id: string): Promise<ImportBatchDetail> {
  return request("POST", at(id, "/undo"), {});
}

/** Addresses of downloads. */
export const EXAMPLE_FILE = "/api/batches/example.csv";
export function rowsFile(id: string, query: RowQuery): string {
  return at(id, `/rows.csv?${toParams(query)}`);
}
