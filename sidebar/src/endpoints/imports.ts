import type {
  ContactSync,
  ContactSyncChange,
  ImportDetailPage,
  ImportOutcome,
  ImportPage,
  ImportRun,
  StartImport,
} from "@rolodesk/shared/import-run";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

export function listImports(page: { cursor?: string; limit: number }): Promise<ImportPage> {
  return request("GET", `/api/imports?${toParams(page)}`);
}

export function readImport(id: string): Promise<ImportRun> {
  return request("GET", pathTo(id));
}

export function postImport(input: StartImport): Promise<ImportRun> {
  return request("POST", "/api/imports", input);
}

export function steerImport(id: string, action: "pause" | "resume" | "cancel"): Promise<ImportRun> {
  return request("POST", `${pathTo(id)}/${action}`, {});
}

export function listImportDetails(
  id: string,
  outcome: ImportOutcome | undefined,
  page: { cursor?: string; limit: number },
): Promise<ImportDetailPage> {
  return request("GET", `${pathTo(id)}/details?${toParams({ outcome, ...page })}`);
}

/** The address of the file, for a link. */
export function detailsFileOf(id: string): string {
  return `${pathTo(id)}/details.csv`;
}

export function readContactSync(connectionId: string): Promise<ContactSync> {
  return request("GET", syncPath(connectionId));
}

export function patchContactSync(connectionId: string, change: ContactSyncChange): Promise<ContactSync> {
  return request("PATCH", syncPath(connectionId), change);
}

function pathTo(id: string): string {
  return `/api/imports/${encodeURIComponent(id)}`;
}

function syncPath(connectionId: string): string {
  return `/api/connections/${encodeURIComponent(connectionId)}/contact-sync`;
}
