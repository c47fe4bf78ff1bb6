import type { ConversationDetail, ConversationPage, INBOX_VIEWS, MessagePage } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { ConversationStatus } from "@rolodesk/shared/vocabulary";
import { request } from "../api.ts";

export type InboxView = (typeof INBOX_VIEWS)[number];

export interface InboxQuery {
  view: InboxView;
  status: ConversationStatus;
  search: string;
}

function conversationPath(id: string): string {
  return `/api/conversations/${encodeURIComponent(id)}`;
}

export function listConversations(query: InboxQuery, page: { cursor?: string; limit: number }) {
  const params = new URLSearchParams({ view: query.view, status: query.status, limit: String(page.limit) });
  if (query.search !== "") params.set("search", query.search);
  if (page.cursor !== undefined) params.set("cursor", page.cursor);
  return request<ConversationPage>("GET", `/api/conversations?${params}`);
}

export function readConversation(id: string): Promise<ConversationDetail> {
  return request("GET", conversationPath(id));
}

export function listMessages(id: string, range: { after?: number; before?: number }): Promise<MessagePage> {
  const params = new URLSearchParams({ limit: "100" });
  if (range.after !== undefined) params.set("after", String(range.after));
  if (range.before !== undefined) params.set("before", String(range.before));
  return request("GET", `${conversationPath(id)}/messages?${params}`);
}

export function postMessage(id: string, input: { clientId: string; kind: "agent" | "note"; text: string }) {
  return request<Message>("POST", `${conversationPath(id)}/messages`, input);
}

export function postRead(id: string, seq: number): Promise<void> {
  return request("POST", `${conversationPath(id)}/read`, { seq });
}

export function postAssign(id: string, userId: string | null): Promise<ConversationDetail> {
  return request("POST", `${conversationPath(id)}/assign`, { userId });
}

export function postStatus(id: string, to: "end" | "reopen"): Promise<ConversationDetail> {
  return request("POST", `${conversationPath(id)}/${to}`, {});
}

/** The agent's explicit word that this person is who they claim to be. */
export function postVerify(id: string): Promise<ConversationDetail> {
  return request("POST", `${conversationPath(id)}/verify`, {});
}
