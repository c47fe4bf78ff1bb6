import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { connection, connectionSite } from "../schema/connection.ts";
import { conversation, message } from "../schema/conversation.ts";
import { conflict, syncRun } from "../schema/sync.ts";

/** A column of the last thing a person wrote. */
export function lastWords<T>(column: SQLWrapper): SQL<T> {
  return sql<T>`(select ${column} from ${message}
    where ${message.conversationId} = ${conversation.id} and ${message.kind} <> 'event'
    order by ${message.seq} desc limit 1)`;
}

export const unreadMessages = sql<number>`(select count(*)::int from ${message}
  where ${message.conversationId} = ${conversation.id} and ${message.kind} = 'visitor'
    and ${message.seq} > ${conversation.readByAgents})`;

const servesIt = sql`${connection.removedAt} is null and (
  not exists (select 1 from ${connectionSite} where ${connectionSite.connectionId} = ${connection.id})
  or exists (select 1 from ${connectionSite} where ${connectionSite.connectionId} = ${connection.id}
    and ${connectionSite.siteId} = ${conversation.siteId}))`;

/**
 * Questions that the conversation's contact has open in the connections that serve its site. The halves of a name are one
 * question, as they are one row in the panel.
 */
export const pendingConflicts = sql<number>`(select count(distinct (${conflict.linkId},
    case when ${conflict.field} in ('firstName', 'lastName') then 'name' else ${conflict.field} end))::int from ${conflict}
  join ${connection} on ${connection.id} = ${conflict.connectionId}
  where ${conflict.contactId} = ${conversation.contactId} and ${conflict.status} in ('pending', 'applying') and ${servesIt})`;

/** What most needs to be seen first. */
const NOTABLE = [
  "failed",
  "needs_choice",
  "conflicts_queued",
  "created",
  "updated",
  "existing_lead",
  "skipped_no_key",
  "unchanged",
];

/** Of the latest run of each connection, the most notable result. */
export const latestPushResult = sql`(select latest.result from (
    select distinct on (${syncRun.connectionId}) ${syncRun.result} as result from ${syncRun}
    join ${connection} on ${connection.id} = ${syncRun.connectionId}
    where ${syncRun.conversationId} = ${conversation.id} and ${servesIt}
    order by ${syncRun.connectionId}, ${syncRun.id} desc
  ) latest where latest.result is not null
  order by array_position(array[${sql.join(
    NOTABLE.map((result) => sql`${result}`),
    sql`, `,
  )}]::text[], latest.result) limit 1)`;
