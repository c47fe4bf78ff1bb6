import type { ListSyncRuns, SyncRunDetail, SyncRunPage } from "@rolodesk/shared/sync-log";
import type { SyncStats, SyncStatsQuery } from "@rolodesk/shared/sync-stats";
import { request } from "../api.ts";

export type LogQuery = Omit<ListSyncRuns, "cursor" | "limit">;

/** Query parameters of what is given; the rest is left out. */
export function toParams(query: Readonly<Record<string, string | number | null | undefined>>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  }
  return params;
}

export function listSyncRuns(query: LogQuery, page: { cursor?: string; limit: number }): Promise<SyncRunPage> {
  return request("GET", `/api/sync-runs?${toParams({ ...query, ...page })}`);
}

export function readRunDetail(id: string): Promise<SyncRunDetail> {
  return request("GET", `/api/sync-runs/${encodeURIComponent(id)}/detail`);
}

export function countFailedRuns(connection: string): Promise<{ failed: number }> {
  return request("GET", `/api/sync-runs/failed?${toParams({ connection })}`);
}

export function postRetryFailed(connectionId: string): Promise<{ retried: number }> {
  return request("POST", "/api/sync-runs/retry-failed", { connectionId });
}

export function readSyncStats(query: SyncStatsQuery): Promise<SyncStats> {
  return request("GET", `/api/sync-stats?${toParams(query)}`);
}
