import type {
  ChangeContact,
  ContactDetail,
  ContactFilter,
  ContactPage,
  ContactTags,
  ContactView,
  ContactViews,
  CreateContact,
  FindSimilar,
  SaveContactView,
  SimilarContacts,
  TagContacts,
  TaggedContacts,
} from "@rolodesk/shared/contact";
import type { TimelinePage } from "@rolodesk/shared/contact-timeline";
import type { TimelineKind } from "@rolodesk/shared/vocabulary";
import { request } from "../api.ts";
import { toParams } from "./sync-log.ts";

type PageAsk = { cursor?: string; limit: number };

export function listContacts(filter: ContactFilter, page: PageAsk): Promise<ContactPage> {
  return request("GET", `/api/contacts?${toParams({ ...filter, ...page })}`);
}
export function readContact(id: string): Promise<ContactDetail> {
  return request("GET", pathOf(id));
}
export function patchContact(id: string, change: ChangeContact): Promise<ContactDetail> {
  return request("PATCH", pathOf(id), change);
}
export function postContact(values: CreateContact): Promise<ContactDetail> {
  return request("POST", "/api/contacts", values);
}
export function findSimilar(typed: FindSimilar): Promise<SimilarContacts> {
  return request("GET", `/api/contacts/similar?${toParams(typed)}`);
}
export function readContactTags(): Promise<ContactTags> {
  return request("GET", "/api/contacts/tags");
}
export function postTags(tags: TagContacts): Promise<TaggedContacts> {
  return request("POST", "/api/contacts/tags", tags);
}
export function listTimeline(id: string, kind: TimelineKind | "", page: PageAsk): Promise<TimelinePage> {
  return request("GET", `${pathOf(id)}/timeline?${toParams({ kind, ...page })}`);
}
export function postContactNote(id: string, text: string): Promise<TimelinePage> {
  return request("POST", `${pathOf(id)}/notes`, { text });
}
export function readContactViews(): Promise<ContactViews> {
  return request("GET", "/api/contact-views");
}
export function postContactView(view: SaveContactView): Promise<ContactView> {
  return request("POST", "/api/contact-views", view);
}
export function deleteContactView(id: string): Promise<void> {
  return request("DELETE", `/api/contact-views/${encodeURIComponent(id)}`);
}
export function deleteContactKey(id: string, keyId: string): Promise<ContactDetail> {
  return request("DELETE", `${pathOf(id)}/identities/${encodeURIComponent(keyId)}`);
}
/** Where the contacts that fit are as a file; for admins. */
export function contactsCsvHref(filter: ContactFilter): string {
  return `/api/contacts/export.csv?${toParams(filter)}`;
}

function pathOf(id: string): string {
  return `/api/contacts/${encodeURIComponent(id)}`;
}
