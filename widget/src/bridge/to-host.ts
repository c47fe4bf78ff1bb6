import type { IdentityState } from "@rolodesk/shared/vocabulary";
import { isCount, isRecord, isText } from "./shape.ts";

/** An agent's message as the host page may show it beside the launcher. */
export interface Preview {
  id: string;
  author: string;
  text: string;
}

/** What the frame tells the loader, over the port only. The visitor's own data and the session never travel here. */
export type ToHost =
  | { type: "ready" }
  | { type: "close" }
  | { type: "unread"; count: number }
  | { type: "message"; message: Preview }
  /** The visitor has used the chat: from now on this browser may remember so. */
  | { type: "used"; open: boolean }
  | { type: "forgotten" }
  | { type: "identity"; state: IdentityState }
  | { type: "ended" };

/** The message, rebuilt field by field, or null when it is none of ours. */
export function readToHost(data: unknown): ToHost | null {
  if (!isRecord(data)) return null;
  switch (data.type) {
    case "ready":
    case "close":
    case "forgotten":
    case "ended":
      return { type: data.type };
    case "unread":
      return isCount(data.count) ? { type: "unread", count: data.count } : null;
    case "used":
      return { type: "used", open: data.open === true };
    case "identity":
      return isState(data.state) ? { type: "identity", state: data.state } : null;
    case "message":
      return readMessage(data.message);
    default:
      return null;
  }
}

function isState(value: unknown): value is IdentityState {
  return value === "anonymous" || value === "claimed" || value === "verified" || value === "failed";
}

function readMessage(data: unknown): ToHost | null {
  if (!isRecord(data)) return null;
  const { id, author, text } = data;
  if (!isText(id, 64) || !isText(author, 200) || !isText(text, 4000)) return null;
  return { type: "message", message: { id, author, text } };
}
