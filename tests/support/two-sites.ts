import type { Site } from "@rolodesk/shared/site";
import { eq, sql } from "drizzle-orm";
import { connection, connectionSite } from "../../server/db/schema/connection.ts";
import { contact } from "../../server/db/schema/contact.ts";
import { contactView } from "../../server/db/schema/contact-directory.ts";
import { conversation } from "../../server/db/schema/conversation.ts";
import { importRun } from "../../server/db/schema/import.ts";
import { eraseRequest, mergeJournal } from "../../server/db/schema/merge.ts";
import { outgoingEvent, webhookDelivery, webhookEndpoint } from "../../server/db/schema/outgoing.ts";
import { phoneCall } from "../../server/db/schema/phone-call.ts";
import { importBatch, importRow } from "../../server/db/schema/staging.ts";
import { conflict, crmLink, settlement, syncRun } from "../../server/db/schema/sync.ts";
import { valuesOf } from "../../server/views/merged-values.ts";
import { arrive, type ChattingVisitor, say } from "./chat-client.ts";
import { type Agent, type ChatRig, createChatRig } from "./chat-rig.ts";
import { newId } from "./ids.ts";
import { makeKey } from "./make-key.ts";

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

/** What signs the deliveries of B's webhook. */
export const ENDPOINT_SECRET = "whsec_U0VOVElORUxfU0VDUkVUXzAxMjM0NTY3ODk=";
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
    conflicts: await conflictOf(rig, connectionId, conversationOfB),
    "phone-calls": await phoneCallOf(rig, connectionId),
    contacts: await contactOf(rig, conversationOfB),
    merges: await mergeOf(rig, await contactOf(rig, conversationOfB)),
    erasures: await erasureOf(rig),
    "contact-views": await viewOf(rig, (await rig.makeUser("admin")).me.id),
    settlements: await draftOf(rig, (await rig.makeUser("admin")).me.id),
    imports: await importOf(rig, connectionId),
    batches: await batchOf(rig, (await rig.makeUser("admin")).me.id),
    sites: siteB.id,
    users: (await rig.makeUser("admin")).me.id,
    ...(await webhookOf(rig, siteB.id)),
    "api-keys": (await makeKey(rig, { siteIds: [siteB.id] })).key.id,
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
    settings: { storeId: id },
    credentials: rig.deps.secrets.encrypt(JSON.stringify({ token: CREDENTIAL }), `connection:${id}:credentials`),
    credentialHints: {},
    accountId: "b",
    accountName: "B",
  });
  await rig.db.insert(connectionSite).values({ connectionId: id, siteId });
  return id;
}

async function webhookOf(rig: ChatRig, siteId: string) {
  const [endpointId, eventId, deliveryId] = [newId(), newId(), newId()];
  const secret = rig.deps.secrets.encrypt(ENDPOINT_SECRET, `endpoint:${endpointId}:secret`);
  const what = { name: "Told of B", url: "https://b.example.com/hooks", events: [], siteIds: [siteId], secret };
  await rig.db.insert(webhookEndpoint).values({ id: endpointId, ...what });
  await rig.db.insert(outgoingEvent).values({ id: eventId, type: "webhook.test", body: "{}" });
  await rig.db.insert(webhookDelivery).values({ id: deliveryId, eventId, endpointId });
  return { "webhook-endpoints": endpointId, "webhook-deliveries": deliveryId };
}

async function failedRun(rig: ChatRig, connectionId: string, conversationId: string): Promise<string> {
  const id = newId();
  await rig.db
    .insert(syncRun)
    .values({ id, cause: "test", connectionId, conversationId, trigger: "agent", status: "failed" });
  return id;
}

async function conflictOf(rig: ChatRig, connectionId: string, conversationId: string): Promise<string> {
  const [contactId, linkId, id] = [newId(), newId(), newId()];
  await rig.db.insert(contact).values({ id: contactId });
  await rig.db.update(conversation).set({ contactId }).where(eq(conversation.id, conversationId));
  const matched = { matchedBy: "email" as const, matchedReason: "Matched by email." };
  await rig.db
    .insert(crmLink)
    .values({ id: linkId, contactId, connectionId, object: "contact", externalId: "1", ...matched });
  const values = { field: "phone", property: "phone", crmValue: "+12025550100", chatValue: "+12025550123" };
  const decided = { status: "kept" as const, decidedBy: "Sam", decidedAt: new Date() };
  await rig.db.insert(conflict).values({ id, linkId, connectionId, contactId, conversationId, ...values, ...decided });
  return id;
}

async function contactOf(rig: ChatRig, conversationId: string): Promise<string> {
  const [row] = await rig.db
    .select({ contactId: conversation.contactId })
    .from(conversation)
    .where(eq(conversation.id, conversationId));
  if (!row?.contactId) throw new Error("The conversation of B has no contact.");
  return row.contactId;
}

async function erasureOf(rig: ChatRig): Promise<string> {
  const [id, contactId] = [newId(), newId()];
  await rig.db.insert(contact).values({ id: contactId, erasedAt: new Date() });
  await rig.db.insert(eraseRequest).values({ id, contactId, askedBy: "Sam", status: "failed" });
  return id;
}

async function mergeOf(rig: ChatRig, survivorId: string): Promise<string> {
  const [id, mergedId] = [newId(), newId()];
  await rig.db.insert(contact).values({ id: mergedId, mergedIntoId: survivorId });
  const [survivor] = await rig.db.select().from(contact).where(eq(contact.id, survivorId));
  if (!survivor) throw new Error("The contact of B is there.");
  const before = valuesOf(survivor);
  await rig.db
    .insert(mergeJournal)
    .values({ id, survivorId, mergedId, mergedBy: "Sam", before, after: before, moved: {} });
  return id;
}

async function viewOf(rig: ChatRig, userId: string): Promise<string> {
  const id = newId();
  await rig.db.insert(contactView).values({ id, userId, name: "View of B", filter: { tag: "b" } });
  return id;
}

async function phoneCallOf(rig: ChatRig, connectionId: string): Promise<string> {
  const id = newId();
  const told = { externalId: "1", status: "completed", transcript: "Private words of B" } as const;
  await rig.db.insert(phoneCall).values({ id, connectionId, ...told });
  return id;
}

async function batchOf(rig: ChatRig, createdBy: string): Promise<string> {
  const id = newId();
  const read = { format: "csv", encoding: "utf-8", delimiter: ",", hasHeader: true } as const;
  const file = { fileName: "people.csv", source: "people.csv", sizeBytes: 9, sha256: "", uploadedAt: new Date() };
  await rig.db
    .insert(importBatch)
    .values({ id, createdBy, mapping: ["email"], stagedAt: new Date(), ...read, ...file, columns: ["Email"] });
  await rig.db
    .insert(importRow)
    .values({ batchId: id, line: 1, cells: { email: "b@example.com" }, class: "unmatched" });
  return id;
}

async function draftOf(rig: ChatRig, userId: string): Promise<string> {
  const id = newId();
  await rig.db.insert(settlement).values({ id, userId, decision: "keep_crm" });
  return id;
}

async function importOf(rig: ChatRig, connectionId: string): Promise<string> {
  const id = newId();
  const rules = { kind: "full", trigger: "person", strategy: "merge", lookupOrder: "email_first" } as const;
  await rig.db.insert(importRun).values({ id, connectionId, ...rules, status: "paused" });
  return id;
}

async function hashTables(rig: ChatRig): Promise<unknown> {
  const tables = [
    "conversation",
    "message",
    "fact",
    "contact",
    "merge_journal",
    "erase_request",
    "contact_identity",
    "contact_note",
    "contact_view",
    "visitor",
    "site",
    "user",
    "site_agent",
    "connection",
    "sync_run",
    "conflict",
    "contact_sync",
    "phone_call",
    "import_run",
    "settlement",
    "import_batch",
    "import_row",
    "field_mapping",
    "audit",
    "api_key",
    "webhook_endpoint",
    "webhook_delivery",
  ];
  return await Promise.all(
    tables.map((table) =>
      rig.db.execute(
        sql`select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from ${sql.identifier(table)} t`,
      ),
    ),
  );
}
