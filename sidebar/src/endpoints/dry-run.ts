import type { ContactChoices, DryRun, DryRunInput } from "@rolodesk/shared/dry-run";
import { request } from "../api.ts";

export function postDryRun(input: DryRunInput): Promise<DryRun> {
  return request("POST", "/api/dry-run", input);
}
export function searchContacts(search: string): Promise<ContactChoices> {
  return request("GET", `/api/dry-run/contacts?search=${encodeURIComponent(search)}`);
}
