import type { Db } from "../client.ts";
import type { StatedValues } from "../schema/conversation.ts";
import type { ConversationRow } from "./conversation.ts";
import type { MessageRow } from "./message.ts";

export interface VisitorMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly visitorId: string;
  readonly clientId: string;
  readonly text: string;
  readonly at: Date;
}

export type Appended = {
  readonly message: MessageRow;
  readonly conversation: Pick<
    ConversationRow,
    "id" | "siteId" | "contactId" | "status" | "endedBy" | "lastSeq" | "readByVisitor" | "readByAgents" | "version"
  >;
  readonly stated: StatedValues;
};

/** Postgres: unique_violation. */
const UNIQUE_VIOLATION = "23505";

/**
 * The chat's hot path: checks whose conversation it is, numbers the message and stores it, in one prepared statement.
 * Answers undefined when there is nothing to append to (not theirs, ended, unknown) or when the same message is there
 * already; the caller finds out which.
 */
export async function appendVisitorMessage(db: Db, sent: VisitorMessage): Promise<Appended | undefined> {
  const at = sent.at.toISOString();
  try {
    const [row] = await db.$client<HotRow[]>`
      with talk as (
        update conversation c
        set last_seq = c.last_seq + 1, read_by_visitor = c.last_seq + 1, last_message_at = ${at}, version = c.version + 1
        from visitor v
        where c.id = ${sent.conversationId} and c.visitor_id = ${sent.visitorId} and c.status = 'open' and v.id = c.visitor_id
          and not exists (select 1 from message m where m.conversation_id = c.id and m.client_id = ${sent.clientId})
        returning c.site_id, c.contact_id, c.last_seq, c.read_by_agents, c.version, v.stated
      ), added as (
        insert into message (id, conversation_id, seq, client_id, kind, text, created_at)
        select ${sent.id}, ${sent.conversationId}, last_seq, ${sent.clientId}, 'visitor', ${sent.text}, ${at} from talk
      )
      select * from talk`;
    return row && toAppended(row, sent);
  } catch (error) {
    // the same message at the same moment on another connection: it has been stored by whoever was first
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return undefined;
    throw error;
  }
}

interface HotRow {
  site_id: string;
  contact_id: string | null;
  last_seq: number;
  read_by_agents: number;
  version: number;
  stated: StatedValues;
}

function toAppended(row: HotRow, sent: VisitorMessage): Appended {
  return {
    message: {
      id: sent.id,
      conversationId: sent.conversationId,
      seq: row.last_seq,
      clientId: sent.clientId,
      kind: "visitor",
      authorId: null,
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
