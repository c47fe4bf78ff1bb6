import type { PhoneCallDetail, PhoneCallPage } from "@rolodesk/shared/phone-call";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

type PageAsk = { cursor?: string; limit: number };

export function listContactPhoneCalls(contactId: string, page: PageAsk): Promise<PhoneCallPage> {
  return request("GET", `/api/contacts/${encodeURIComponent(contactId)}/phone-calls?${toParams(page)}`);
}

export function listUnlinkedPhoneCalls(page: PageAsk): Promise<PhoneCallPage> {
  return request("GET", `/api/phone-calls?${toParams({ linked: "no", ...page })}`);
}

export function readPhoneCall(id: string): Promise<PhoneCallDetail> {
  return request("GET", `/api/phone-calls/${encodeURIComponent(id)}`);
}

export function patchPhoneCall(id: string, disposition: string): Promise<PhoneCallDetail> {
  return request("PATCH", `/api/phone-calls/${encodeURIComponent(id)}`, { disposition });
}

export function givePhoneCall(id: string, contactId: string): Promise<PhoneCallDetail> {
  return request("PATCH", `/api/phone-calls/${encodeURIComponent(id)}`, { contactId });
}
