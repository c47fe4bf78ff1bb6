import type { Db } from "../client.ts";
import type { StatedValues } from "../schema/conversation.ts";
import type { ConversationRow } from "./conversation.ts";
import { gatherWrites } from "./gather-writes.ts";
import type { MessageRow } from "./message.ts";

export interface VisitorMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly visitorId: string;
  readonly clientId: string;
  readonly text: string;
  readonly at: Date;
}

export interface Appended {
  readonly message: MessageRow;
  readonly conversation: Pick<
    ConversationRow,
    "id" | "siteId" | "contactId" | "status" | "endedBy" | "lastSeq" | "readByVisitor" | "readByAgents" | "version"
  >;
  readonly stated: StatedValues;
}

type AppendOne = (sent: VisitorMessage) => Promise<Appended | undefined>;

/** Statements under way at a time; a conversation's messages always go through the same one, in order. */
const LANES = 3;

const writers = new WeakMap<Db, readonly AppendOne[]>();

/**
 * The chat's hot path: checks whose conversation it is, numbers the message and stores it. Messages that arrive while a
 * statement is under way are stored together by the next one. The time of the last message is kept to the second: while no
 * indexed column changes, an update touches no index. Answers undefined when there is nothing to append to (not
 * theirs, ended, unknown), when the same message is there already, and where a webhook is to be told of it in the same
 * transaction; the caller finds out which.
 */
export async function appendVisitorMessage(db: Db, sent: VisitorMessage): Promise<Appended | undefined> {
  const lane = Number.parseInt(sent.conversationId.slice(-4), 16) % LANES;
  return await lanesOf(db)[lane]?.(sent);
}

function lanesOf(db: Db): readonly AppendOne[] {
  const held = writers.get(db);
  if (held) return held;
  const lanes = Array.from({ length: LANES }, () => gatherWrites((batch) => appendTogether(db, batch), keyOf));
  writers.set(db, lanes);
  return lanes;
}

/** Two of one key are never stored by the same statement: the second has to find the first. */
function keyOf({ conversationId, clientId }: VisitorMessage): string {
  return `${conversationId} ${clientId}`;
}

/** Postgres: unique_violation and deadlock_detected. */
const LOST_RACES = new Set(["23505", "40P01"]);

async function appendTogether(db: Db, batch: readonly VisitorMessage[]): Promise<(Appended | undefined)[]> {
  try {
    return await appendAll(db, batch);
  } catch (error) {
    const lostRace = error instanceof Error && "code" in error && LOST_RACES.has(String(error.code));
    if (!lostRace) throw error;
    // one of them was stored by somebody else at this very moment; alone, each gets its own answer
    if (batch.length === 1) return [undefined];
    const answers: (Appended | undefined)[] = [];
    for (const sent of batch) answers.push(...(await appendTogether(db, [sent])));
    return answers;
  }
}

interface Row {
  message_id: string;
  seq: number;
  site_id: string;
  contact_id: string | null;
  last_seq: number;
  read_by_agents: number;
  version: number;
  stated: StatedValues;
}

async function appendAll(db: Db, batch: readonly VisitorMessage[]): Promise<(Appended | undefined)[]> {
  const input = JSON.stringify(batch.map((sent, ord) => ({ ...sent, ord })));
  const rows = await db.$client<Row[]>`
    with input as (
      select i.*,
        row_number() over (partition by i."conversationId" order by i.ord) as n,
        count(*) over (partition by i."conversationId") as total
      from json_to_recordset(${input}::json) as i(
        id uuid, "conversationId" uuid, "visitorId" uuid, "clientId" uuid, text text, at timestamptz, ord int)
      join conversation c on c.id = i."conversationId" and c.visitor_id = i."visitorId" and c.status = 'open'
      where not exists (
        select 1 from message m where m.conversation_id = i."conversationId" and m.client_id = i."clientId")
      and not exists (
        select 1 from webhook_endpoint e where e.state = 'active' and 'message.created' = any(e.events)
          and (e.site_ids is null or c.site_id = any(e.site_ids)))
    ), talk as (
      update conversation c
      set last_seq = c.last_seq + t.total, read_by_visitor = c.last_seq + t.total, version = c.version + t.total,
        last_message_at = case when t.at > c.last_message_at + interval '1 second' then t.at else c.last_message_at end
      from (select "conversationId", total, max(at) as at from input group by "conversationId", total) t
      where c.id = t."conversationId" and c.status = 'open'
      returning c.id, c.visitor_id, c.site_id, c.contact_id, c.last_seq, c.last_seq - t.total as before,
        c.read_by_agents, c.version
    ), added as (
      insert into message (id, conversation_id, seq, client_id, kind, text, created_at)
      select i.id, talk.id, talk.before + i.n, i."clientId", 'visitor', i.text, i.at
      from input i join talk on talk.id = i."conversationId"
      returning id, conversation_id, seq
    )
    select added.id as message_id, added.seq, talk.site_id, talk.contact_id, talk.last_seq, talk.read_by_agents,
      talk.version, v.stated
    from added join talk on talk.id = added.conversation_id join visitor v on v.id = talk.visitor_id`;
  const byId = new Map(rows.map((row) => [row.message_id, row]));
  return batch.map((sent) => {
    const row = byId.get(sent.id);
    return row && toAppended(row, sent);
  });
}

function toAppended(row: Row, sent: VisitorMessage): Appended {
  return {
    message: {
      id: sent.id,
      conversationId: sent.conversationId,
      seq: row.seq,
      clientId: sent.clientId,
      kind: "visitor",
      authorId: null,
      event: null,
      authorName: null,
      text: sent.text,
      createdAt: sent.at,
    },
    conversation: {
      id: sent.conversationId,
      siteId: row.site_id,
      contactId: row.contact_id,
      status: "open",
      endedBy: null,
      lastSeq: row.last_seq,
      readByVisitor: row.last_seq,
      readByAgents: row.read_by_agents,
      version: row.version,
    },
    stated: row.stated,
  };
}
