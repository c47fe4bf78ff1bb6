import type { ApiError } from "@rolodesk/shared/api-error";
import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import type { VisitorIdentity, VisitorSession } from "@rolodesk/shared/visitor";
import { isCount, isRecord } from "../bridge/shape.ts";

/** Guards of what the server says, without the weight of its schemas: they look at what the widget uses. */
export function isMessage(data: unknown): data is Message {
  return (
    isRecord(data) &&
    isString(data.id) &&
    isString(data.conversationId) &&
    isString(data.clientId) &&
    isCount(data.seq) &&
    isString(data.kind) &&
    isString(data.text) &&
    isString(data.createdAt)
  );
}

export function isConversation(data: unknown): data is VisitorConversation {
  return (
    isRecord(data) &&
    isString(data.id) &&
    isString(data.status) &&
    isCount(data.lastSeq) &&
    isCount(data.readByVisitor) &&
    isCount(data.readByAgents) &&
    Array.isArray(data.statedFields)
  );
}

export function isIdentity(data: unknown): data is VisitorIdentity {
  return isRecord(data) && isString(data.state);
}

export function isSession(data: unknown): data is VisitorSession {
  return isRecord(data) && isString(data.token) && isString(data.expiresAt) && isIdentity(data.identity);
}

export function isApiError(data: unknown): data is ApiError {
  return isRecord(data) && isString(data.code) && isString(data.message);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
