import type { ConversationPage, ConversationSummary, ListConversations } from "@rolodesk/shared/conversation";
import type { UserActor } from "../actor.ts";
import type { Db } from "../db/client.ts";
import { countInbox, type InboxFilter, type InboxRow, listInbox } from "../db/queries/inbox.ts";
import { toPersonLabel } from "./person-label.ts";
import { readTimeCursor, toTimeCursor } from "./time-cursor.ts";

const MOST_COUNTED = 1000;
const PREVIEW_CHARS = 140;

/** A page of the inbox, restricted to the agent's sites. */
export async function readConversationPage(
  db: Db,
  actor: UserActor,
  { view, status, search, cursor, limit }: ListConversations,
): Promise<ConversationPage> {
  const all: InboxFilter = { siteIds: actor.siteIds, status, assignee: "anybody", search: search || undefined };
  const mine: InboxFilter = { ...all, assignee: { userId: actor.userId } };
  const unassigned: InboxFilter = { ...all, assignee: "nobody" };
  const shown = { mine, unassigned, all }[view];

  const [rows, countOfMine, countOfUnassigned, countOfAll] = await Promise.all([
    listInbox(db, shown, limit + 1, cursor === undefined ? undefined : readTimeCursor(cursor)),
    countInbox(db, mine, MOST_COUNTED),
    countInbox(db, unassigned, MOST_COUNTED),
    countInbox(db, all, MOST_COUNTED),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(toConversationSummary),
    nextCursor:
      rows.length > limit && last
        ? toTimeCursor({ at: last.conversation.lastMessageAt, id: last.conversation.id })
        : null,
    counts: { mine: countOfMine, unassigned: countOfUnassigned, all: countOfAll },
  };
}

export function toConversationSummary(row: InboxRow): ConversationSummary {
  const { conversation } = row;
  return {
    id: conversation.id,
    siteName: row.siteName,
    person: toPersonLabel(row),
    status: conversation.status,
    assigneeId: conversation.assigneeId,
    assigneeName: row.assigneeName,
    preview: toPreview(row.preview),
    previewKind: row.previewKind,
    lastMessageAt: conversation.lastMessageAt.toISOString(),
    unread: row.unread,
    pendingConflicts: row.pendingConflicts,
    syncResult: row.syncResult,
    version: conversation.version,
  };
}

export function toPreview(text: string | null): string {
  const [...characters] = (text ?? "").replace(/\s+/g, " ");
  return characters.length > PREVIEW_CHARS ? `${characters.slice(0, PREVIEW_CHARS).join("")}…` : characters.join("");
}
