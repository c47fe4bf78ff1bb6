import type { TimelineKind } from "@rolodesk/shared/vocabulary";
import { type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "../client.ts";
import { servesSites } from "./served-connections.ts";

interface TimelineAsk {
  readonly contactId: string;
  /** Whose conversations, CRMs and changes may be shown; null: all. */
  readonly siteIds: readonly string[] | null;
  /** null: all kinds. */
  readonly kind: TimelineKind | null;
  readonly before: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

/** One entry; `data` is what its kind has beyond id and time. */
interface TimelineRow extends Record<string, unknown> {
  readonly kind: TimelineKind;
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly data: unknown;
}

/**
 * What happened with a contact, newest first, from all tables that tell of it. Each source gives at most a page by its own
 * index before they are put in one order, so a long history costs what a page of it costs.
 */
export async function listTimeline(db: DbOrTx, ask: TimelineAsk): Promise<TimelineRow[]> {
  const kinds = ask.kind === null ? Object.values(SOURCES) : [SOURCES[ask.kind]];
  const sources = kinds.map((source) => pageOf(source(ask), ask));
  const rows = await db.execute<TimelineRow>(sql`
    select kind, id, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, data
    from (${sql.join(sources, sql` union all `)}) entries
    order by entries.at desc, id desc limit ${ask.limit}`);
  return [...rows];
}

function pageOf(source: SQL, { before, limit }: TimelineAsk): SQL {
  const beyond = before ? sql`where (at, id) < (${before.at.toISOString()}::timestamptz, ${before.id})` : sql``;
  return sql`(select * from (${source}) one ${beyond} order by at desc, id desc limit ${limit})`;
}

/** Each selects kind, at, id (as text) and data. */
const SOURCES: Readonly<Record<TimelineKind, (ask: TimelineAsk) => SQL>> = {
  conversation: ({ contactId, siteIds }) => sql`
    select 'conversation' as kind, c.created_at as at, c.id::text as id, jsonb_build_object(
      'conversationId', c.id, 'siteName', s.name, 'status', c.status, 'assigneeName', u.name, 'messages', c.last_seq) as data
    from conversation c join site s on s.id = c.site_id left join "user" u on u.id = c.assignee_id
    where c.contact_id = ${contactId} and ${isAmong(sql`c.site_id`, siteIds)}`,
  note: ({ contactId }) => sql`
    select 'note' as kind, n.created_at as at, n.id::text as id,
      jsonb_build_object('authorName', n.author_name, 'text', n.text) as data
    from contact_note n where n.contact_id = ${contactId}`,
  call: ({ contactId, siteIds }) => sql`
    select 'call' as kind, coalesce(p.started_at, p.created_at) as at, p.id::text as id, jsonb_build_object(
      'callId', p.id, 'connection', ${connectionOf}, 'direction', p.direction, 'status', p.status,
      'disposition', p.disposition, 'durationSeconds', p.duration_seconds) as data
    from phone_call p join connection k on k.id = p.connection_id
    where p.contact_id = ${contactId} and ${serves(siteIds)}`,
  sync: ({ contactId, siteIds }) => sql`
    select 'sync' as kind, r.created_at as at, r.id::text as id, jsonb_build_object(
      'runId', r.id, 'connection', ${connectionOf}, 'status', r.status, 'result', r.result, 'trigger', r.trigger,
      'reason', r.reason) as data
    from sync_run r join connection k on k.id = r.connection_id join conversation c on c.id = r.conversation_id
    where r.contact_id = ${contactId} and ${isAmong(sql`c.site_id`, siteIds)}`,
  import: ({ contactId, siteIds }) => sql`
    select 'import' as kind, r.created_at as at, d.id::text as id, jsonb_build_object(
      'runId', r.id, 'connection', ${connectionOf}, 'outcome', d.outcome, 'reason', d.reason) as data
    from import_detail d join import_run r on r.id = d.run_id join connection k on k.id = r.connection_id
    where d.contact_id = ${contactId} and ${serves(siteIds)}
    union all
    select 'import', c.created_at, l.id::text, jsonb_build_object(
      'runId', null, 'connection', ${connectionOf}, 'outcome', 'imported', 'reason', 'This contact was made from its record.')
    from contact c
      join lateral (select * from crm_link where contact_id = c.id order by id limit 1) l on l.matched_by = 'created'
      join connection k on k.id = l.connection_id
    where c.id = ${contactId} and c.source = 'crm' and ${serves(siteIds)}`,
  file: ({ contactId }) => sql`
    select 'file' as kind, w.imported_at as at, w.batch_id || ':' || w.line as id, jsonb_build_object(
      'batchId', b.id, 'fileName', b.file_name, 'line', w.line, 'made', w.created_contact) as data
    from import_row w join import_batch b on b.id = w.batch_id
    where w.contact_id = ${contactId} and w.imported_at is not null`,
  change: ({ contactId, siteIds }) => sql`
    select 'change' as kind, a.created_at as at, a.id::text as id, jsonb_build_object(
      'action', a.action, 'actorName', a.actor_name, 'object', jsonb_build_object('kind', a.subject_kind, 'id', a.subject_id),
      'data', a.data) as data
    from audit a
    where a.contact_id = ${contactId} and a.action not like 'conversation.%' and a.action <> 'contact.noted'
      and ${siteIds === null ? sql`true` : sql`a.subject_kind = 'contact'`}`,
};

const connectionOf = sql`jsonb_build_object('id', k.id, 'name', k.name, 'provider', k.provider)`;

function isAmong(column: SQL, siteIds: readonly string[] | null): SQL {
  if (siteIds === null) return sql`true`;
  return sql`${column} = any(array[${sql.join(
    siteIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  )}]::uuid[])`;
}

/** The same of the connection `k`. */
function serves(siteIds: readonly string[] | null): SQL {
  return servesSites(sql`k.id`, siteIds) ?? sql`true`;
}
