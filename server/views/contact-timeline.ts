import { type ListTimeline, TimelineEntry, type TimelinePage } from "@rolodesk/shared/contact-timeline";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { listTimeline } from "../db/queries/contact-timeline.ts";
import { findVisibleContact } from "../db/queries/visible-contacts.ts";
import { notFound } from "../domain/domain-error.ts";
import { readTimeCursor, toTimeCursor } from "./time-cursor.ts";

/** A page of what happened with a contact, newest first, as far as it happened on the user's sites. */
export async function readContactTimeline(
  db: DbOrTx,
  { siteIds }: UserActor,
  id: string,
  { kind = null, cursor, limit }: Omit<ListTimeline, "kind"> & { kind?: ListTimeline["kind"] | null },
): Promise<TimelinePage> {
  const row = await findVisibleContact(db, siteIds, id);
  if (!row) throw notFound("contact");
  const before = cursor === undefined ? null : readTimeCursor(cursor, isEntryId);
  const found = await listTimeline(db, { contactId: row.id, siteIds, kind, before, limit: limit + 1 });
  const items = found
    .slice(0, limit)
    .map(({ data, ...entry }) => TimelineEntry.parse({ ...entry, ...(typeof data === "object" ? data : {}) }));
  const last = items.at(-1);
  return {
    items,
    nextCursor: found.length > limit && last ? toTimeCursor({ at: new Date(last.at), id: last.id }) : null,
  };
}

/** An id, or that of a file's batch with the line. */
function isEntryId(id: string): boolean {
  return /^[0-9a-f-]{36}(:\d+)?$/.test(id);
}
