import type { ConflictFilter } from "@rolodesk/shared/conflict-queue";
import type { UserActor } from "../actor.ts";
import type { QueueFilter } from "../db/queries/conflict-queue.ts";

const DAY_MS = 86_400_000;

/** Which conflicts an agent means, restricted to the own sites. */
export function toQueueFilter(actor: UserActor, filter: ConflictFilter, now: Date): QueueFilter {
  const { state, connection, unit, olderThanDays, assignee, site } = filter;
  return {
    siteIds: actor.siteIds,
    state,
    connectionId: connection,
    unit,
    before: olderThanDays === undefined ? undefined : new Date(now.getTime() - olderThanDays * DAY_MS),
    assignee: assignee === undefined || assignee === "nobody" ? assignee : { userId: assignee },
    siteId: site,
  };
}
