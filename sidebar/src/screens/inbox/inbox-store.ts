import { computed, signal } from "@preact/signals";
import type { ConversationPage, ConversationSummary } from "@rolodesk/shared/conversation";
import type { Change } from "@rolodesk/shared/realtime";
import { ApiFailure, failureText } from "../../api.ts";
import { type InboxQuery, type InboxView, listConversations, readConversation } from "../../endpoints/conversations.ts";
import { onChange, onReturn } from "../../live.ts";
import { createReread } from "../../reread.ts";
import { place } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { showToast } from "../../toasts.ts";
import { appendPage, mergeHead, replaceRow } from "./merge-rows.ts";

const PAGE_ROWS = 50;
const REREAD_DELAY_MS = 150;

export type InboxState =
  | { state: "loading" }
  | { state: "failed"; message: string }
  | { state: "ready"; rows: readonly ConversationSummary[]; nextCursor: string | null };

export const inbox = signal<InboxState>({ state: "loading" });
const counts = signal<ConversationPage["counts"] | null>(null);
export const loadingMore = signal(false);

/** What the address asks for: `?view=mine&status=ended&q=ana`. */
export const inboxQuery = computed<InboxQuery>(() => {
  const { query } = place.value;
  const view = query.get("view");
  return {
    view: view === "mine" || view === "unassigned" ? view : "all",
    status: query.get("status") === "ended" ? "ended" : "open",
    search: query.get("q") ?? "",
  };
});

/** The address's search part for a query; defaults are left out. */
export function searchOf(query: InboxQuery): string {
  const params = new URLSearchParams();
  if (query.view !== "all") params.set("view", query.view);
  if (query.status !== "open") params.set("status", query.status);
  if (query.search !== "") params.set("q", query.search);
  return params.size === 0 ? "" : `?${params}`;
}

let shownQuery: InboxQuery | null = null;
const changedBelow = new Set<string>();

/** Reads the list for a query from its beginning. */
export async function openInbox(query: InboxQuery): Promise<void> {
  shownQuery = query;
  inbox.value = { state: "loading" };
  await readHead();
}

async function readHead(): Promise<void> {
  const query = shownQuery;
  if (!query) return;
  try {
    const page = await listConversations(query, { limit: PAGE_ROWS });
    if (query !== shownQuery) return;
    counts.value = page.counts;
    const before = inbox.value;
    const rows = before.state === "ready" ? mergeHead(before.rows, page) : page.items;
    const nextCursor =
      before.state === "ready" && rows.length > page.items.length ? before.nextCursor : page.nextCursor;
    inbox.value = { state: "ready", rows, nextCursor };
    await rereadBelow(query, new Set(page.items.map((row) => row.id)));
  } catch (error) {
    const message = failureText(error);
    if (query === shownQuery && inbox.value.state !== "ready") inbox.value = { state: "failed", message };
  }
}

/** Rows further down than the first page are renewed one by one, and only those that changed. */
async function rereadBelow(query: InboxQuery, inHead: ReadonlySet<string>): Promise<void> {
  const ids = [...changedBelow].filter((id) => !inHead.has(id) && rowOf(id));
  changedBelow.clear();
  for (const id of ids) {
    const row = await readRow(id);
    if (query !== shownQuery || inbox.value.state !== "ready") return;
    const rows = row
      ? replaceRow(inbox.value.rows, row, belongs(query, row))
      : inbox.value.rows.filter((other) => other.id !== id);
    inbox.value = { ...inbox.value, rows };
  }
}

async function readRow(id: string): Promise<ConversationSummary | null> {
  try {
    return await readConversation(id);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return null;
    throw error;
  }
}

function belongs(query: InboxQuery, row: ConversationSummary): boolean {
  if (row.status !== query.status) return false;
  if (query.view === "mine") return row.assigneeId === currentUser().id;
  return query.view === "all" || row.assigneeId === null;
}

function rowOf(id: string): ConversationSummary | undefined {
  return inbox.value.state === "ready" ? inbox.value.rows.find((row) => row.id === id) : undefined;
}

export async function loadMore(): Promise<void> {
  const before = inbox.value;
  const query = shownQuery;
  if (before.state !== "ready" || !before.nextCursor || !query || loadingMore.value) return;
  loadingMore.value = true;
  try {
    const page = await listConversations(query, { cursor: before.nextCursor, limit: PAGE_ROWS });
    if (query === shownQuery && inbox.value.state === "ready") {
      inbox.value = { state: "ready", rows: appendPage(inbox.value.rows, page), nextCursor: page.nextCursor };
    }
  } catch (error) {
    showToast(failureText(error), { tone: "danger" });
  } finally {
    loadingMore.value = false;
  }
}

/** Shows a row's own change at once, before the server has answered; the next reading replaces it. */
export function patchRow(id: string, change: Partial<ConversationSummary>): void {
  if (inbox.value.state !== "ready") return;
  const rows = inbox.value.rows.map((row) => (row.id === id ? { ...row, ...change } : row));
  inbox.value = { ...inbox.value, rows };
}

/** The conversation after or before one in the list, for J and K. */
export function neighbourOf(id: string | null, step: 1 | -1): string | null {
  if (inbox.value.state !== "ready") return null;
  const { rows } = inbox.value;
  const at = rows.findIndex((row) => row.id === id);
  if (at === -1) return rows[0]?.id ?? null;
  return rows[at + step]?.id ?? null;
}

export function countOf(view: InboxView): number | null {
  return counts.value?.[view] ?? null;
}

/** Keeps the list with the pushes while the inbox is on screen. */
export function followInbox(): () => void {
  const reread = createReread(readHead, REREAD_DELAY_MS);
  function noteChange(change: Change): void {
    const id = change.conversationId;
    if (!id) return;
    const row = rowOf(id);
    if (change.kind === "conversation" && row && change.version <= row.version) return;
    changedBelow.add(id);
    reread.ask();
  }
  const stopChanges = onChange(noteChange);
  const stopReturns = onReturn(reread.ask);
  return () => {
    stopChanges();
    stopReturns();
    reread.stop();
  };
}
