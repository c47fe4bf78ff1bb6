import type {
  ConflictCount,
  ConflictDetail,
  ConflictFilter,
  ConflictUnitPage,
  DraftSettlement,
  Settlement,
  SettlementRows,
  UndoResult,
} from "@rolodesk/shared/conflict-queue";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

export function listConflicts(filter: ConflictFilter, page: { cursor?: string; limit: number }) {
  return request<ConflictUnitPage>("GET", `/api/conflicts?${toParams({ ...filter, ...page })}`);
}

export function readConflictCount(): Promise<ConflictCount> {
  return request("GET", "/api/conflicts/count");
}

export function readConflict(id: string): Promise<ConflictDetail> {
  return request("GET", `/api/conflicts/${encodeURIComponent(id)}`);
}

export function postUndo(id: string): Promise<UndoResult> {
  return request("POST", `/api/conflicts/${encodeURIComponent(id)}/undo`, {});
}

/** Drafts a settlement: what it would cover, with nothing decided yet. */
export function postSettlement(input: DraftSettlement): Promise<Settlement> {
  return request("POST", "/api/settlements", input);
}

export function startSettlement(id: string): Promise<Settlement> {
  return request("POST", `/api/settlements/${encodeURIComponent(id)}/start`, {});
}

export function readSettlement(id: string): Promise<Settlement> {
  return request("GET", `/api/settlements/${encodeURIComponent(id)}`);
}

export function listSettlementRows(id: string, range: { show: "all" | "unsettled"; after: number; limit: number }) {
  return request<SettlementRows>("GET", `/api/settlements/${encodeURIComponent(id)}/rows?${toParams(range)}`);
}
