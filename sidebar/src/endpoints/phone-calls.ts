import type { PhoneCallDetail, PhoneCallPage } from "@rolodesk/shared/phone-call";
import { request } from "../api.ts";

export function listContactPhoneCalls(
  contactId: string,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<PhoneCallPage> {
  const query = new URLSearchParams({ limit: String(limit), ...(cursor === undefined ? {} : { cursor }) });
  return request("GET", `/api/contacts/${encodeURIComponent(contactId)}/phone-calls?${query}`);
}

export function readPhoneCall(id: string): Promise<PhoneCallDetail> {
  return request("GET", `/api/phone-calls/${encodeURIComponent(id)}`);
}

export function patchPhoneCall(id: string, disposition: string): Promise<PhoneCallDetail> {
  return request("PATCH", `/api/phone-calls/${encodeURIComponent(id)}`, { disposition });
}
