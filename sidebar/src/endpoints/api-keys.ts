import type { ApiKey, MadeApiKey, NewApiKey } from "@rolodesk/shared/api-key";
import { request } from "../api.ts";

export function listApiKeys(): Promise<{ keys: ApiKey[] }> {
  return request("GET", "/api/api-keys");
}
/** The answer tells the key itself, this once. */
export function postApiKey(input: NewApiKey): Promise<MadeApiKey> {
  return request("POST", "/api/api-keys", input);
}
export function deleteApiKey(id: string): Promise<void> {
  return request("DELETE", `/api/api-keys/${encodeURIComponent(id)}`);
}
