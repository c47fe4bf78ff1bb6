import { z } from "zod";
import type { PhoneCallFeed } from "../../domain/phone-calls/phone-call-feed.ts";
import type { GhlClient } from "./client.ts";
import { PhoneCallId, toPhoneCallHit } from "./phone-call-hit.ts";
import { CALL_TYPES } from "./told-calls.ts";

/** The one version the export of messages names (HighLevel API, conversations). */
const VERSION = "2021-04-15";
const PAGE_ROWS = 100;
const DAY_MS = 24 * 60 * 60_000;
const FIRST_MS = 30 * DAY_MS;
/**
 * Whether `startDate` goes by a message's making or its last change is not documented. A call is over, and its status final,
 * well within this.
 */
const OVERLAP_MS = 4 * 60 * 60_000;

/** `since` and `startedAt` in epoch ms; `next` is HighLevel's own cursor within this reading. */
const Cursor = z.object({ since: z.number(), startedAt: z.number(), next: z.string().nullable() });
type Cursor = z.infer<typeof Cursor>;

const Message = z.looseObject({
  id: z.string(),
  messageType: z.string().nullish(),
  meta: z.looseObject({}).nullish(),
});
const Export = z.looseObject({ messages: z.array(Message), nextCursor: z.string().nullish() });

interface FeedInput {
  readonly call: GhlClient;
  readonly locationId: string;
  readonly now: () => number;
}

/** The location's call messages, by the time they changed (`GET /conversations/messages/export`). */
export function createGhlPhoneCallFeed({ call, locationId, now }: FeedInput): PhoneCallFeed {
  return {
    async page(cursor) {
      const at = readCursor(cursor, now());
      const query = new URLSearchParams({
        locationId,
        channel: "Call",
        limit: String(PAGE_ROWS),
        sortBy: "updatedAt",
        sortOrder: "asc",
        startDate: new Date(at.since).toISOString(),
        ...(at.next !== null && { cursor: at.next }),
      });
      const path = `/conversations/messages/export?${query}`;
      const { messages, nextCursor } = await call(Export, { method: "GET", path, version: VERSION });
      const more = Boolean(nextCursor) && messages.length > 0;
      const next: Cursor = more
        ? { ...at, next: nextCursor ?? null }
        : { since: at.startedAt - OVERLAP_MS, startedAt: 0, next: null };
      return {
        calls: messages.flatMap((message) => toCall(message, new Date(now()))),
        cursor: JSON.stringify(next),
        more,
      };
    },
  };
}

function toCall(message: z.infer<typeof Message>, at: Date) {
  const { messageType, contactId, direction, from, to, dateAdded, status, meta } = message;
  const externalId = PhoneCallId.safeParse(message.id).data;
  if (!externalId || !CALL_TYPES.has(messageType?.toUpperCase() ?? "")) return [];
  const statuses = [meta?.callStatus, messageType === "TYPE_VOICEMAIL" ? "voicemail" : null, status];
  const told = { contactId, direction, from, to, startedAt: dateAdded, statuses, duration: meta?.callDuration };
  return [toPhoneCallHit({ externalId, ...told }, at)];
}

function readCursor(cursor: string | null, nowMs: number): Cursor {
  if (cursor === null) return { since: nowMs - FIRST_MS, startedAt: nowMs, next: null };
  const at = Cursor.parse(JSON.parse(cursor));
  return at.next === null ? { ...at, startedAt: nowMs } : at;
}
