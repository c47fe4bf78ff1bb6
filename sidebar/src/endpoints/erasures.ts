import type { Erasure, ErasurePage } from "@rolodesk/shared/erasure";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

export function listErasures(page: { cursor?: string; limit: number }): Promise<ErasurePage> {
  return request("GET", `/api/erasures?${toParams(page)}`);
}
export function readErasure(id: string): Promise<Erasure> {
  return request("GET", `/api/erasures/${encodeURIComponent(id)}`);
}
export function postErasure(contactId: string): Promise<Erasure> {
  return request("POST", "/api/erasures", { contactId });
}
export function retryErasure(id: string): Promise<Erasure> {
  return request("POST", `/api/erasures/${encodeURIComponent(id)}/retry`);
}
