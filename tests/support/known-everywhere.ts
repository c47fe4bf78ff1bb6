import { OUTGOING_EVENT_TYPES } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { connection } from "../../server/db/schema/connection.ts";
import type { PhoneCallHit } from "../../server/domain/phone-calls/phone-call.ts";
import { mergeContacts } from "../../server/usecases/contacts/merge-contacts.ts";
import { receiveMessage } from "../../server/usecases/conversations/receive-message.ts";
import { reply } from "../../server/usecases/conversations/reply.ts";
import { fixCell } from "../../server/usecases/files/mend-row.ts";
import { startPush } from "../../server/usecases/files/start-push.ts";
import { storePhoneCalls } from "../../server/usecases/phone-calls/store-phone-calls.ts";
import { summarizePhoneCall } from "../../server/usecases/phone-calls/summarize-phone-call.ts";
import { setAttributes } from "../../server/usecases/visitors/set-attributes.ts";
import { type ConsoleDoor, consoleDoor } from "./console-door.ts";
import { createFileRig } from "./file-rig.ts";
import { newId } from "./ids.ts";
import { importContacts } from "./import-contacts.ts";
import type { Person, SyncRig } from "./sync-rig.ts";
import { contactOf, pendingOf, settle } from "./sync-state.ts";
import { hookDoor } from "./webhook-deliveries.ts";
import { openReceiver } from "./webhook-receiver.ts";

/** A person by words that are found nowhere else. */
interface Words {
  /** One word, lower case. */
  readonly name: string;
  readonly email: string;
  /** E.164 */
  readonly phone: string;
}

export interface Connections {
  readonly hubspot: string;
  readonly ghl: string;
  readonly bigcommerce: string;
}

interface Planting extends Words {
  readonly rig: SyncRig;
  readonly door: ConsoleDoor;
  readonly connections: Connections;
}

/**
 * Makes a person known in every way there is, through the doors: chats, a shop's word, CRMs with conflicts and decisions, files,
 * imports, telephone calls, notes, webhooks, saved searches, repeated requests, and a merge. Returns the contact.
 */
export async function makeKnownEverywhere(rig: SyncRig, connections: Connections, words: Words): Promise<string> {
  const planting = { rig, connections, ...words, door: consoleDoor(rig.deps, rig.admin) };
  const receiver = await openReceiver();
  receiver.answer = ({ body }) => new Response(body);
  try {
    const endpoint = { name: "Told of all", url: receiver.url, events: [...OUTGOING_EVENT_TYPES], siteIds: [] };
    await planting.door.post("/api/webhook-endpoints", endpoint);
    await rig.deps.db.update(connection).set({ addTranscript: true });
    rig.hubspot.seed("contact", { firstname: `${words.name}h`, email: words.email });
    const contactId = await chatAsShopper(planting);
    await disagree(planting);
    await call(planting);
    await comeInFiles(planting);
    await comeFromCrms(planting);
    await writeDown(planting, contactId);
    await mergeNamesake(planting, contactId);
    await leaveOpen(planting, contactId);
    return contactId;
  } finally {
    await receiver.close();
  }
}

/** Signed in at the shop, on a page that tells who they are, with words before anybody knows them. */
async function chatAsShopper({ rig, name, email, phone }: Planting): Promise<string> {
  const customer = rig.bigcommerce.seed("customer", { email, first_name: name, last_name: `${name}son`, phone });
  const path = "/customer/current.jwt?app_client_id=demoapp0client0id";
  const cookie = rig.bigcommerce.signIn(customer);
  const identityToken = await (await rig.bigcommerce.app.request(path, { headers: { cookie } })).text();
  const answer = await hookDoor(rig).answer("/widget/api/sessions", {
    method: "POST",
    headers: { "content-type": "application/json", origin: rig.deps.config.publicUrl },
    body: JSON.stringify({ siteKey: `site-${rig.siteId}`, identityToken }),
  });
  const { visitorId } = (await answer.json()) as { visitorId: string };
  const actor = { kind: "visitor" as const, visitorId, siteId: rig.siteId };
  const page = { url: `https://shop.example.com/account/${name}`, title: `Account of ${name}`, referrer: "" };
  await setAttributes(rig.deps, actor, { attributes: { nick: name }, page });
  const text = `This is ${name}, write to ${email}.`;
  const sent = await receiveMessage(rig.deps, actor, { clientId: newId(), conversationId: null, text, page });
  const chat = { conversationId: sent.conversation.id, actor };
  await rig.say(chat, { firstName: name, lastName: `${name}son`, email, phone });
  const note = { clientId: newId(), kind: "note" as const, text: `${name} called before.` };
  await reply(rig.deps, rig.admin, chat.conversationId, note);
  await rig.end(chat);
  await rig.workUntilIdle();
  return await contactOf(rig, chat);
}

async function chatToTheEnd({ rig }: Planting, person: Person): Promise<void> {
  await rig.chatAndEnd(person);
  await rig.workUntilIdle();
}

/** Other names in later chats: conflicts, decided each way, drafted for many at once, and waiting. */
async function disagree(planting: Planting): Promise<void> {
  const { rig, name, email, door } = planting;
  for (const firstName of [`${name}x`, `${name}y`]) await chatToTheEnd(planting, { firstName, email });
  const pending = await pendingOf(rig);
  const [first, second, third] = new Set(pending.map(({ linkId }) => linkId));
  if (!first || !second || !third) throw new Error("There are conflicts in several CRMs.");
  const ofLink = (id: string) => pending.filter(({ linkId }) => linkId === id);
  await door.post("/api/settlements", { decision: "keep_crm", scope: { kind: "filter", filter: {} } });
  await settle(rig, "use_chat", ofLink(first));
  await settle(rig, "keep_crm", ofLink(second));
  await rig.workUntilIdle();
}

/** One file is brought in and pushed; a row of another is corrected and waits. */
async function comeInFiles({ rig, connections, name, email, phone }: Planting): Promise<void> {
  const files = createFileRig(rig);
  const brought = await files.bringIn(`Name,Email,Phone,Notes\n${name} Other,${email},${phone},Told of ${name}\n`);
  await startPush(rig.deps, rig.admin, brought, { connectionId: connections.ghl, retry: false });
  await rig.workUntilIdle();
  const waiting = await files.read(`Name,Email\n${name},${name}-at-example.com\n`);
  await fixCell(rig.deps, rig.admin, { batchId: waiting, line: 1 }, { field: "email", value: email });
}

/** As a second record with their number, which the import's log tells of, and as changes of the first. */
async function comeFromCrms({ rig, connections, name, phone }: Planting): Promise<void> {
  rig.hubspot.seed("contact", { firstname: name, lastname: `${name}son`, phone });
  rig.advance(60_000);
  for (const id of [connections.hubspot, connections.ghl]) await importContacts(rig, id);
}

/** With their number, and with that of another connection's record, which stays nobody's. */
async function call({ rig, connections, name, phone }: Planting): Promise<void> {
  const said = { summary: `${name} wants lamps.`, disposition: "callback", engagement: "engaged", model: "m" } as const;
  const deps = { ...rig.deps, readCall: async () => ({ ...said, nextFollowUpAt: null }) };
  await storePhoneCalls(deps, connections.ghl, [hitOf(name, { phone })]);
  await storePhoneCalls(deps, connections.hubspot, [hitOf(name, { phone, recordId: "recordOfNobody" })]);
  const calls = await rig.deps.db.execute<{ id: string }>(sql`select id from phone_call`);
  for (const { id } of calls) await summarizePhoneCall(deps, { phoneCallId: id });
}

/** A call in which somebody says who they are. */
export function hitOf(name: string, told: Partial<PhoneCallHit>): PhoneCallHit {
  return {
    ...{ externalId: newId(), recordId: null, direction: "inbound", phone: null, status: "completed" },
    ...{ startedAt: null, durationSeconds: 60, transcript: `Hello, this is ${name}. `.repeat(10) },
    recordingUrl: `https://calls.example.com/${name}`,
    disposition: { value: `asked ${name} back`, source: "workflow", at: new Date(0) },
    ...told,
  };
}

/** By agents: beside the person, in a search of their own, and by a program that may repeat its request. */
async function writeDown({ door, name, email }: Planting, contactId: string): Promise<void> {
  await door.post(`/api/contacts/${contactId}/notes`, { text: `${name} likes lamps.` });
  const change = {
    company: `${name} Lamps`,
    title: `Head of ${name}`,
    tags: [`met-${name}`],
    attributes: { nick: name },
  };
  await door.ask("PATCH", `/api/contacts/${contactId}`, change);
  await door.post("/api/contact-views", { name: "Looked for", filter: { search: email } });
  const note = { text: `Told a program of ${name}.` };
  await door.send("POST", `/api/contacts/${contactId}/notes`, note, { "idempotency-key": newId() });
}

/** Two contacts that turn out to be one. */
async function mergeNamesake({ rig, name, door }: Planting, contactId: string): Promise<void> {
  const other = await door.post<{ id: string }>("/api/contacts", { firstName: `${name}z`, company: `${name} Ltd` });
  const values = { firstName: other.id };
  await mergeContacts(rig.deps, rig.admin, { masterId: contactId, otherIds: [other.id], values });
}

/** A question which of two records they are, and words of theirs that could not be written. */
async function leaveOpen(planting: Planting, contactId: string): Promise<void> {
  const { rig, connections, name, email } = planting;
  const { db } = rig.deps;
  for (const firstName of [name, `${name}w`]) rig.ghl.seed("contact", { firstName, email });
  const theirs = sql`contact_id = ${contactId} and connection_id = ${connections.ghl}`;
  await db.execute(sql`update crm_link set state = 'closed', closed_reason = 'Ended by hand.' where ${theirs}`);
  await chatToTheEnd(planting, { firstName: `${name}v`, email });
}
