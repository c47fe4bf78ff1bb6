import type { ConversationPage, ConversationSummary } from "@rolodesk/shared/conversation";
import { newest } from "../../reread.ts";

type Rows = readonly ConversationSummary[];

/**
 * The list after its first page was read again. Rows the page covers are taken from it (one that left the view is gone),
 * rows further down stay, and no row goes back to an older version of itself.
 */
export function mergeHead(shown: Rows, head: ConversationPage): Rows {
  const known = new Map(shown.map((row) => [row.id, row]));
  const fresh = head.items.map((row) => newest(known.get(row.id), row));
  const last = head.items.at(-1);
  if (head.nextCursor === null || !last) return fresh;
  const inHead = new Set(head.items.map((row) => row.id));
  const below = shown.filter((row) => !inHead.has(row.id) && row.lastMessageAt < last.lastMessageAt);
  return [...fresh, ...below];
}

/** The list with a further page, each row once. */
export function appendPage(shown: Rows, page: ConversationPage): Rows {
  const known = new Set(shown.map((row) => row.id));
  return [...shown, ...page.items.filter((row) => !known.has(row.id))];
}

/** The list with one row renewed, or without it when it no longer belongs. */
export function replaceRow(shown: Rows, row: ConversationSummary, belongs: boolean): Rows {
  if (!belongs) return shown.filter((other) => other.id !== row.id);
  return shown.map((other) => (other.id === row.id ? newest(other, row) : other));
}
