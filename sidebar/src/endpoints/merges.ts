import type {
  DuplicatePage,
  ListDuplicates,
  MergeContacts,
  Merged,
  MergePage,
  MergePreview,
  UnmergePreview,
} from "@rolodesk/shared/contact-merge";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

const MOST_AT_ONCE = 50;

export function listDuplicates(
  by: ListDuplicates["by"],
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<DuplicatePage> {
  return request("GET", `/api/duplicates?${toParams({ by, cursor, limit: Math.min(limit, MOST_AT_ONCE) })}`);
}
export function dismissDuplicates(contactIds: readonly string[]): Promise<void> {
  return request("POST", "/api/duplicates/dismiss", { contactIds });
}
export function previewMerge(masterId: string, otherIds: readonly string[]): Promise<MergePreview> {
  return request("GET", `/api/merges/preview?${toParams({ masterId, otherIds: otherIds.join(",") })}`);
}
export function postMerge(merge: MergeContacts): Promise<Merged> {
  return request("POST", "/api/merges", merge);
}
export function listMerges(page: { cursor?: string; limit: number }): Promise<MergePage> {
  return request("GET", `/api/merges?${toParams(page)}`);
}
export function readMerge(id: string): Promise<UnmergePreview> {
  return request("GET", `/api/merges/${encodeURIComponent(id)}`);
}
export function undoMerge(id: string): Promise<UnmergePreview> {
  return request("POST", `/api/merges/${encodeURIComponent(id)}/undo`);
}
