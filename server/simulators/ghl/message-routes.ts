import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { GhlApiError } from "./api-error.ts";
import type { StoredCall } from "./state.ts";

const [LEAST, MOST, USUAL] = [10, 500, 100];

/** `/conversations/messages/export` (HighLevel, conversations): the location's messages, here its calls alone. */
export function messageRoutes(calls: () => readonly StoredCall[], locationId: string): Hono {
  return new Hono().get("/messages/export", (c) => {
    const query = c.req.query();
    if (!query.locationId) throw new GhlApiError(400, "locationId must be a string");
    const limit = Number(query.limit ?? USUAL);
    if (!(limit >= LEAST && limit <= MOST)) throw new GhlApiError(400, `limit must not be less than ${LEAST}`);
    const by = query.sortBy === "updatedAt" ? "dateUpdated" : "dateAdded";
    const sign = query.sortOrder === "asc" ? 1 : -1;
    const found = (query.channel === undefined || query.channel === "Call" ? [...calls()] : [])
      .filter((call) => isWithin(call[by], query.startDate, query.endDate))
      .filter((call) => query.contactId === undefined || call.contactId === query.contactId)
      .toSorted((one, other) => sign * (one[by] === other[by] ? 0 : one[by] < other[by] ? -1 : 1));
    const from = query.cursor === undefined ? 0 : positionOf(query.cursor);
    const page = found.slice(from, from + limit);
    const next = from + limit < found.length ? Buffer.from(String(from + limit)).toString("base64") : null;
    return c.json({
      messages: page.map((call) => toMessage(call, locationId)),
      ...(next !== null && { nextCursor: next }),
      total: found.length,
      traceId: randomUUID(),
    });
  });
}

function isWithin(at: string, start: string | undefined, end: string | undefined): boolean {
  if (start !== undefined && Date.parse(at) < Date.parse(start)) return false;
  return end === undefined || Date.parse(at) <= Date.parse(end);
}

function positionOf(cursor: string): number {
  const position = Number(Buffer.from(cursor, "base64").toString());
  if (!Number.isSafeInteger(position)) throw new GhlApiError(400, "cursor is invalid");
  return position;
}

/** Its duration is a text in seconds, and there is neither recording nor transcript. */
function toMessage(call: StoredCall, locationId: string): Record<string, unknown> {
  const { id, contactId, conversationId, direction, status, durationSeconds, dateAdded, from, to } = call;
  const isVoicemail = direction === "inbound" && status === "voicemail";
  return {
    ...{ id, locationId, contactId, conversationId, dateAdded, direction, from, to, attachments: [] },
    type: isVoicemail ? 10 : 1,
    messageType: isVoicemail ? "TYPE_VOICEMAIL" : "TYPE_CALL",
    status: "completed",
    contentType: "text/plain",
    meta: { callDuration: String(durationSeconds), callStatus: status },
    source: "app",
  };
}
