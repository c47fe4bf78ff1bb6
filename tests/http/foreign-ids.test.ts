import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connection } from "../../server/db/schema/connection.ts";
import { contact } from "../../server/db/schema/contact.ts";
import { conversation, message } from "../../server/db/schema/conversation.ts";
import { phoneCall } from "../../server/db/schema/phone-call.ts";
import { DESCRIBED_AREAS } from "../../server/http/openapi/described-areas.ts";
import type { RouteDescription } from "../../server/http/openapi/route-description.ts";
import { arrive, say } from "../support/chat-client.ts";
import { newId } from "../support/ids.ts";
import { createTwoSites, type TwoSites } from "../support/two-sites.ts";

/**
 * An id of another site's is nobody's in bodies and queries too. `access.test.ts` tries those in paths. The cases are made from
 * the API's own description: an id that is added there fails here until it is tried.
 */
let world: TwoSites;
let mine: { conversationId: string; contactId: string; callId: string };

beforeAll(async () => {
  world = await createTwoSites();
  const { rig, siteA } = world;
  const { conversation: chat } = await say((await arrive(rig, siteA.key)).socket, "Words of A");
  const [contactId, callId] = [newId(), newId()];
  await rig.db.insert(contact).values({ id: contactId, firstName: "Ana" });
  await rig.db.update(conversation).set({ contactId }).where(eq(conversation.id, chat.id));
  const [connectionId, account] = [newId(), { accountId: "a", accountName: "CRM of all sites" }];
  const kind = {
    provider: "memory",
    name: "CRM of all sites",
    settings: {},
    credentials: "",
    credentialHints: {},
  } as const;
  await rig.db.insert(connection).values({ id: connectionId, ...kind, ...account });
  const told = { externalId: "2", status: "completed" } as const;
  await rig.db.insert(phoneCall).values({ id: callId, connectionId, contactId, ...told });
  mine = { conversationId: chat.id, contactId, callId };
});
afterAll(() => world.rig.close());

interface Asking {
  /** The word after `/api/` of what of B is named. */
  readonly of: string;
  readonly ask: (id: string) => [path: string, body?: unknown];
}

/** Route and place of an id → a request that names one. */
const CASES: Readonly<Record<string, Asking | "names nothing that is there">> = {
  "POST /api/conversations/:id/messages clientId": "names nothing that is there",
  "POST /api/conversations/:id/sync requestId": "names nothing that is there",
  "POST /api/conversations/:id/sync connectionId": {
    of: "connections",
    ask: (connectionId) => [`/api/conversations/${mine.conversationId}/sync`, { connectionId, requestId: newId() }],
  },
  "GET /api/contacts connection": { of: "connections", ask: (id) => [`/api/contacts?connection=${id}`] },
  "POST /api/contacts/tags contacts.ids": {
    of: "contacts",
    ask: (id) => ["/api/contacts/tags", { contacts: { kind: "ids", ids: [id] }, add: ["mine"] }],
  },
  "POST /api/contacts/tags contacts.filter.connection": {
    of: "connections",
    ask: (connection) => [
      "/api/contacts/tags",
      { contacts: { kind: "filter", filter: { connection } }, add: ["mine"] },
    ],
  },
  "POST /api/contact-views filter.connection": "names nothing that is there",
  "POST /api/duplicates/dismiss contactIds": {
    of: "contacts",
    ask: (id) => ["/api/duplicates/dismiss", { contactIds: [mine.contactId, id] }],
  },
  "GET /api/merges contactId": { of: "contacts", ask: (id) => [`/api/merges?contactId=${id}`] },
  "GET /api/merges cursor": { of: "merges", ask: (id) => [`/api/merges?cursor=${id}`] },
  "POST /api/merges masterId": {
    of: "contacts",
    ask: (masterId) => ["/api/merges", { masterId, otherIds: [mine.contactId] }],
  },
  "POST /api/merges otherIds": {
    of: "contacts",
    ask: (id) => ["/api/merges", { masterId: mine.contactId, otherIds: [id] }],
  },
  "POST /api/merges values.additionalProperties": {
    of: "contacts",
    ask: (id) => ["/api/merges", { masterId: mine.contactId, otherIds: [id], values: { firstName: id } }],
  },
  "GET /api/merges/preview masterId": {
    of: "contacts",
    ask: (id) => [`/api/merges/preview?masterId=${id}&otherIds=${mine.contactId}`],
  },
  "GET /api/conflicts connection": { of: "connections", ask: (id) => [`/api/conflicts?connection=${id}`] },
  "GET /api/conflicts site": { of: "sites", ask: (id) => [`/api/conflicts?state=decided&site=${id}`] },
  "POST /api/conflicts/settle conflicts.id": {
    of: "conflicts",
    ask: (id) => ["/api/conflicts/settle", { decision: "keep_crm", conflicts: [seen(id)] }],
  },
  "POST /api/settlements scope.conflicts.id": {
    of: "conflicts",
    ask: (id) => ["/api/settlements", { decision: "keep_crm", scope: { kind: "rows", conflicts: [seen(id)] } }],
  },
  "POST /api/settlements scope.filter.connection": {
    of: "connections",
    ask: (connection) => [
      "/api/settlements",
      { decision: "keep_crm", scope: { kind: "filter", filter: { connection } } },
    ],
  },
  "POST /api/settlements scope.filter.site": {
    of: "sites",
    ask: (site) => ["/api/settlements", { decision: "keep_crm", scope: { kind: "filter", filter: { site } } }],
  },
  "GET /api/sync-runs connection": { of: "connections", ask: (id) => [`/api/sync-runs?connection=${id}`] },
  "GET /api/sync-runs contact": { of: "contacts", ask: (id) => [`/api/sync-runs?contact=${id}`] },
  "GET /api/sync-runs/export.csv connection": {
    of: "connections",
    ask: (id) => [`/api/sync-runs/export.csv?connection=${id}`],
  },
  "GET /api/sync-runs/export.csv contact": { of: "contacts", ask: (id) => [`/api/sync-runs/export.csv?contact=${id}`] },
  "GET /api/sync-stats connection": {
    of: "connections",
    ask: (id) => [`/api/sync-stats?from=2026-11-01&to=2026-11-30&connection=${id}`],
  },
  "GET /api/phone-calls connection": { of: "connections", ask: (id) => [`/api/phone-calls?connection=${id}`] },
  "PATCH /api/phone-calls/:id contactId": {
    of: "contacts",
    ask: (contactId) => [`/api/phone-calls/${mine.callId}`, { contactId }],
  },
};

function seen(id: string) {
  return { id, seenCrmValue: "+12025550100", seenChatValue: "+12025550123" };
}

const ROUTES = DESCRIBED_AREAS.flatMap(({ routes }) => Object.entries(routes)).filter(
  ([, { adminOnly }]) => !adminOnly,
);

/** Where a route takes ids: `contacts.filter.connection`. */
function idsOf({ query, body }: RouteDescription): string[] {
  const found = new Set<string>();
  const walk = (schema: unknown, path: readonly string[]): void => {
    if (typeof schema !== "object" || schema === null) return;
    if ("format" in schema && schema.format === "uuid") found.add(path.join("."));
    for (const [key, inner] of Object.entries(schema)) {
      const isName = !/^(properties|items|anyOf|oneOf|\d+)$/.test(key);
      walk(inner, isName ? [...path, key] : path);
    }
  };
  for (const schema of [query, body]) {
    if (schema) walk(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), []);
  }
  return [...found];
}

const PLACES = ROUTES.flatMap(([route, description]) =>
  idsOf(description).map((place) => [`${route} ${place}`] as const),
);

test.each(PLACES)("%s: another site's is answered like one that is nobody's, and nothing changes", async (place) => {
  const one = CASES[place];
  expect(one, `Say what names something at ${place}`).toBeDefined();
  if (!one || one === "names nothing that is there") return;
  const ask = async (id: string) => {
    const [path, body] = one.ask(id);
    const answer = await world.agentOfA.request(place.split(" ")[0] ?? "", path, body);
    return { status: answer.status, said: withoutOwn(await answer.text()) };
  };
  const nobodys = await ask(newId());
  const before = await world.fingerprint();
  const theirs = await ask(world.foreign[one.of] ?? "");
  expect(nobodys.status, nobodys.said).not.toBe(400);
  expect(theirs).toEqual(nobodys);
  // a draft of what is to be settled is the asker's own row
  if (theirs.status !== 201) expect(await world.fingerprint()).toEqual(before);
});

test("a message with the id of a stranger's is another message", async () => {
  const [theirs] = await world.rig.db.select().from(message).where(eq(message.conversationId, world.conversationOfB));
  const input = { clientId: theirs?.clientId ?? newId(), kind: "note", text: "Mine" };
  const answer = await world.agentOfA.request("POST", `/api/conversations/${mine.conversationId}/messages`, input);
  expect(answer.status).toBe(201);
  expect(await answer.text()).not.toContain("Private words of B");
});

/** Without what differs from answer to answer: ids and times. */
function withoutOwn(text: string): string {
  return text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, "<id>").replace(/"createdAt":"[^"]*"/, "");
}
