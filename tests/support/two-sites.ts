import type { Site } from "@rolodesk/shared/site";
import { sql } from "drizzle-orm";
import { connection, connectionSite } from "../../server/db/schema/connection.ts";
import { syncRun } from "../../server/db/schema/sync.ts";
import { arrive, type ChattingVisitor, say } from "./chat-client.ts";
import { type Agent, type ChatRig, createChatRig } from "./chat-rig.ts";
import { newId } from "./ids.ts";

/** Two sites of one server, and somebody who serves only the first. */
export interface TwoSites {
  readonly rig: ChatRig;
  readonly siteA: Site;
  readonly siteB: Site;
  readonly agentOfA: Agent;
  /** A visitor of B, in a conversation. */
  readonly stranger: ChattingVisitor;
  readonly conversationOfB: string;
  /** What B has of everything that has an id, by the word after `/api/`. */
  readonly foreign: Readonly<Record<string, string>>;
  /** Changes when any row does that somebody might try to change. */
  fingerprint(): Promise<unknown>;
}

/** What B's CRM connection is opened with. */
export const CREDENTIAL = "SENTINEL_TOKEN_0123456789";

export async function createTwoSites(): Promise<TwoSites> {
  const rig = await createChatRig();
  const siteA = await rig.makeSite();
  const siteB = await rig.makeSite();
  const agentOfA = await rig.makeUser("agent", [siteA.id]);
  const stranger = await arrive(rig, siteB.key);
  const conversationOfB = (await say(stranger.socket, "Private words of B")).conversation.id;
  const connectionId = await connectSite(rig, siteB.id);
  const foreign = {
    conversations: conversationOfB,
    connections: connectionId,
    "sync-runs": await failedRun(rig, connectionId, conversationOfB),
    sites: siteB.id,
    users: (await rig.makeUser("admin")).me.id,
  };
  const fingerprint = () => hashTables(rig);
  return { rig, siteA, siteB, agentOfA, stranger, conversationOfB, foreign, fingerprint };
}

async function connectSite(rig: ChatRig, siteId: string): Promise<string> {
  const id = newId();
  await rig.db.insert(connection).values({
    id,
    provider: "memory",
    name: "CRM of B",
    settings: {},
    credentials: rig.deps.secrets.encrypt(JSON.stringify({ token: CREDENTIAL }), `connection:${id}:credentials`),
    credentialHints: {},
    accountId: "b",
    accountName: "B",
  });
  await rig.db.insert(connectionSite).values({ connectionId: id, siteId });
  return id;
}

async function failedRun(rig: ChatRig, connectionId: string, conversationId: string): Promise<string> {
  const id = newId();
  await rig.db
    .insert(syncRun)
    .values({ id, cause: "test", connectionId, conversationId, trigger: "agent", status: "failed" });
  return id;
}

async function hashTables(rig: ChatRig): Promise<unknown> {
  const tables = [
    "conversation",
    "message",
    "fact",
    "visitor",
    "site",
    "user",
    "site_agent",
    "connection",
    "sync_run",
    "field_mapping",
    "audit",
  ];
  return await Promise.all(
    tables.map((table) =>
      rig.db.execute(
        sql`select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${sql.identifier(table)} t`,
      ),
    ),
  );
}
