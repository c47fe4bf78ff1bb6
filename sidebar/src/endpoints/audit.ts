import type { AuditFilters, AuditPage, ListAudit } from "@rolodesk/shared/audit";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

export type AuditQuery = Omit<ListAudit, "cursor" | "limit">;

export function listAudit(query: AuditQuery, page: { cursor?: string; limit: number }): Promise<AuditPage> {
  return request("GET", `/api/audit?${toParams({ ...query, ...page })}`);
}
export function readAuditFilters(): Promise<AuditFilters> {
  return request("GET", "/api/audit/filters");
}
/** Where the same entries are as a file. */
export function auditCsvHref(query: AuditQuery): string {
  return `/api/audit/export.csv?${toParams(query)}`;
}
