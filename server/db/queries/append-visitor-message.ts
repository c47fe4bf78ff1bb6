import type { Db } from "../client.ts";
import type { StatedValues } from "../schema/conversation.ts";
import type { ConversationRow } from "./conversation.ts";
import { gatherWrites } from "./gather-writes.ts";
import type { MessageRow } from "./message.ts";

interface VisitorMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly visitorId: string;
  readonly clientId: string;
  readonly text: string;
  readonly at: Date;
}

interface Appended {
  readonly message: MessageRow;
  readonly conversation: Pick<
    ConversationRow,
    "id" | "siteId" | "contactId" | "status" | "endedBy" | "lastSeq" | "readByVisitor" | "readByAgents" | "version"
  >;
  readonly stated: StatedValues;
}

type AppendOne = (sent: VisitorMessage) => Promise<Appended | undefined>;

/** Enough that one statement works while another waits for the disk. */
const STATEMENTS_AT_ONCE = 3;

const writers = new WeakMap<Db, AppendOne>();

/**
 * The chat's hot path: checks whose conversation it is, numbers the message and stores it. Messages that arrive while
 * statements are under way are stored together by the next one, at most one of a conversation. The time of the last message
 * is kept to the second: while no indexed column changes, an update touches no index. Answers undefined when there is
 * nothing to append to (not theirs, ended, unknown), when the same message is there already, and where a webhook is to be
 * told of it in the same transaction; the caller finds out which.
 */
export function appendVisitorMessage(db: Db, sent: VisitorMessage): Promise<Appended | undefined> {
  return writerOf(db)(sent);
}

function writerOf(db: Db): AppendOne {
  const held = writers.get(db);
  if (held) return held;
  const writer = gatherWrites({
    write: (batch: readonly VisitorMessage[]) => appendTogether(db, batch),
    keyOf: ({ conversationId }) => conversationId,
    atOnce: STATEMENTS_AT_ONCE,
  });
  writers.set(db, writer);
  return writer;
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
  site_id: string;
  contact_id: string | null;
  last_seq: number;
  read_by_agents: number;
  version: number;
  stated: StatedValues;
}

/**
 * The update hands on what the insert needs, so that neither is joined with the other: of a list that comes in as a parameter
 * the planner knows nothing, and would compare each with each. `offset 0` keeps the look for a repeated message one lookup
 * by its index, however small the table was when the statement was prepared.
 */
async function appendAll(db: Db, batch: readonly VisitorMessage[]): Promise<(Appended | undefined)[]> {
  const rows = await db.$client<Row[]>`
    with talk as (
      update conversation c
      set last_seq = c.last_seq + 1, read_by_visitor = c.last_seq + 1, version = c.version + 1,
        last_message_at = case when i.at > c.last_message_at + interval '1 second' then i.at else c.last_message_at end
      from unnest(
        ${batch.map(({ id }) => id)}::uuid[], ${batch.map(({ conversationId }) => conversationId)}::uuid[],
        ${batch.map(({ visitorId }) => visitorId)}::uuid[], ${batch.map(({ clientId }) => clientId)}::uuid[],
        ${batch.map(({ text }) => text)}::text[], ${batch.map(({ at }) => at.toISOString())}::text[]::timestamptz[]
      ) as i(id, conversation_id, visitor_id, client_id, text, at)
      where c.id = i.conversation_id and c.visitor_id = i.visitor_id and c.status = 'open'
        and not exists (
          select from message m where m.conversation_id = i.conversation_id and m.client_id = i.client_id offset 0)
        and not exists (
          select from webhook_endpoint e where e.state = 'active' and 'message.created' = any(e.events)
            and (e.site_ids is null or c.site_id = any(e.site_ids)))
      returning i.id as message_id, i.client_id, i.text, i.at, c.id, c.site_id, c.contact_id, c.last_seq,
        c.read_by_agents, c.version, (select v.stated from visitor v where v.id = c.visitor_id) as stated
    ), added as (
      insert into message (id, conversation_id, seq, client_id, kind, text, created_at)
      select message_id, id, last_seq, client_id, 'visitor', text, at from talk
    )
    select message_id, site_id, contact_id, last_seq, read_by_agents, version, stated from talk`;
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
      seq: row.last_seq,
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
