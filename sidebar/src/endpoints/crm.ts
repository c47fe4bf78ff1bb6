import type { SettleConflicts, SettleResult } from "@rolodesk/shared/conflict";
import type { CrmPanel } from "@rolodesk/shared/crm-panel";
import type { RunChoice, SyncRun } from "@rolodesk/shared/sync-run";
import { request } from "../api.ts";

export function readPanel(conversationId: string): Promise<CrmPanel> {
  return request("GET", `/api/conversations/${encodeURIComponent(conversationId)}/crm`);
}

export function postSync(conversationId: string, input: { connectionId: string; requestId: string }) {
  return request<SyncRun>("POST", `/api/conversations/${encodeURIComponent(conversationId)}/sync`, input);
}

export function readRun(id: string): Promise<SyncRun> {
  return request("GET", `/api/sync-runs/${encodeURIComponent(id)}`);
}

export function postRetry(id: string): Promise<SyncRun> {
  return request("POST", `/api/sync-runs/${encodeURIComponent(id)}/retry`, {});
}

export function postChoice(id: string, choice: RunChoice): Promise<SyncRun> {
  return request("POST", `/api/sync-runs/${encodeURIComponent(id)}/choice`, choice);
}

export function postSettle(input: SettleConflicts): Promise<SettleResult> {
  return request("POST", "/api/conflicts/settle", input);
}
