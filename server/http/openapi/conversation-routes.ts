import {
  Assignment,
  ConversationDetail,
  ConversationPage,
  ListConversations,
  ListMessages,
  MessagePage,
  ReadUpTo,
} from "@rolodesk/shared/conversation";
import { CrmPanel } from "@rolodesk/shared/crm-panel";
import { AgentMessage, Message } from "@rolodesk/shared/message";
import { SyncRequest, SyncRun } from "@rolodesk/shared/sync-run";
import type { DescribedRoutes } from "./route-description.ts";

export const CONVERSATION_ROUTES: DescribedRoutes = {
  "GET /api/conversations": {
    summary: "List conversations",
    details: "Newest first, a page at a time. Pass `nextCursor` as `cursor` for the next page.",
    access: "read:conversations",
    query: ListConversations,
    answers: { 200: ConversationPage },
  },
  "GET /api/conversations/:id": {
    summary: "Read a conversation and its contact",
    access: "read:conversations",
    answers: { 200: ConversationDetail },
  },
  "GET /api/conversations/:id/messages": {
    summary: "Read the messages of a conversation",
    details: "Notes are included. Without `after` and `before` it is the latest page.",
    access: "read:conversations",
    query: ListMessages,
    answers: { 200: MessagePage },
  },
  "POST /api/conversations/:id/messages": {
    summary: "Reply, or write a note",
    details: "`clientId` is yours. Sent again with the same one it is the same message, answered with 200.",
    access: "write:conversations",
    body: AgentMessage,
    answers: { 200: Message, 201: Message },
    errors: [409],
  },
  "POST /api/conversations/:id/read": {
    summary: "Mark messages as read",
    access: "write:conversations",
    body: ReadUpTo,
    answers: { 204: null },
  },
  "POST /api/conversations/:id/assign": {
    summary: "Assign a conversation, or nobody",
    access: "write:conversations",
    body: Assignment,
    answers: { 200: ConversationDetail },
    errors: [409],
  },
  "POST /api/conversations/:id/end": {
    summary: "End a conversation",
    details: "Begins a sync to every CRM connection of its site.",
    access: "write:conversations",
    answers: { 200: ConversationDetail },
    errors: [409],
  },
  "POST /api/conversations/:id/reopen": {
    summary: "Reopen a conversation that ended",
    access: "write:conversations",
    answers: { 200: ConversationDetail },
    errors: [409],
  },
  "POST /api/conversations/:id/verify": {
    summary: "Vouch that this person is who they claim to be",
    access: "write:conversations",
    answers: { 200: ConversationDetail },
    errors: [409],
  },
  "GET /api/conversations/:id/crm": {
    summary: "Read a person as the CRMs know them",
    access: "read:contacts",
    answers: { 200: CrmPanel },
  },
  "POST /api/conversations/:id/sync": {
    summary: "Sync a conversation to a CRM now",
    details: "`requestId` is yours. Asked again with the same one it is the same sync.",
    access: "sync",
    body: SyncRequest,
    answers: { 202: SyncRun },
    errors: [409],
  },
};
