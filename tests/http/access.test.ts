import type { Site } from "@rolodesk/shared/site";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connection, connectionSite } from "../../server/db/schema/connection.ts";
import { syncRun } from "../../server/db/schema/sync.ts";
import { AGENT_EVENTS } from "../../server/realtime/agent-events.ts";
import { VISITOR_EVENTS } from "../../server/realtime/visitor-events.ts";
import { arrive, ask, type ChattingVisitor, connected, demand, say } from "../support/chat-client.ts";
import { type Agent, type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { mint, newId } from "../support/ids.ts";

/**
 * Who serves site A meets everything of site B as if it did not exist. The cases are made from the router and from the
 * lists of socket events: whatever is added there is tried here, and fails until it is named below.
 */
let rig: ChatRig;
let siteA: Site;
let siteB: Site;
let agentOfA: Agent;
let foreign: Record<string, string>;
let stranger: ChattingVisitor;
let conversationOfB: string;

beforeAll(async () => {
  rig = await createChatRig();
  siteA = await rig.makeSite();
  siteB = await rig.makeSite();
  agentOfA = await rig.makeUser("agent", [siteA.id]);
  stranger = await arrive(rig, siteB.key);
  conversationOfB = (await say(stranger.socket, "Private words of B")).conversation.id;
  const connectionId = await connectSiteB();
  foreign = {
    conversations: conversationOfB,
    connections: connectionId,
    "sync-runs": await runOfB(connectionId),
    sites: siteB.id,
    users: (await rig.makeUser("admin")).me.id,
  };
});
afterAll(() => rig.close());

/** Bodies that would be good, so that a refusal is about whose it is. */
const BODIES: Record<string, () => unknown> = {
  "POST /api/conversations/:id/messages": () => ({ clientId: newId(), kind: "agent", text: "Hello" }),
  "POST /api/conversations/:id/read": () => ({ seq: 1 }),
  "POST /api/conversations/:id/assign": () => ({ userId: agentOfA.me.id }),
  "POST /api/conversations/:id/sync": () => ({ connectionId: foreign.connections, requestId: newId() }),
  "POST /api/sync-runs/:id/choice": () => ({ kind: "later" }),
  "PATCH /api/connections/:id": () => ({ name: mint("Connection") }),
  "PUT /api/connections/:id/mapping": () => ({ fields: [] }),
  "PATCH /api/sites/:id": () => ({ name: mint("Site") }),
  "PATCH /api/users/:id": () => ({ name: mint("User") }),
};

function routesWithId(): string[] {
  const routes = rig.app.routes.filter(({ method, path }) => method !== "ALL" && /^\/api\/.*:/.test(path));
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))];
}

function withQuery(path: string): string {
  return path.endsWith("/fields") ? `${path}?object=contact` : path;
}

test("every HTTP route that takes an id answers another site's like one that is nobody's, and changes nothing", async () => {
  const before = await fingerprint();
  const routes = routesWithId();
  expect(routes.length).toBeGreaterThan(20);
  for (const route of routes) {
    const [method = "", path = ""] = route.split(" ");
    const theirs = foreign[path.split("/")[2] ?? ""];
    expect(theirs, `Name something of site B for ${route}`).toBeDefined();
    const call = async (id: string) => {
      const answer = await agentOfA.request(method, withQuery(path.replace(":id", id)), BODIES[route]?.());
      return { status: answer.status, body: withoutRequestId(await answer.text()) };
    };
    const answer = await call(theirs ?? "");
    expect([403, 404], `${route} answered ${answer.status} ${answer.body}`).toContain(answer.status);
    expect(await call(newId()), route).toEqual(answer);
    expect(await call("not-an-id"), route).toEqual(answer);
  }
  expect(await fingerprint()).toEqual(before);
});

test("every HTTP route for users asks who it is, and a visitor's token is nobody", async () => {
  const routes = rig.app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
  const open = ["/api/setup", "/api/auth/sign-in/email", "/api/auth/sign-out", "/api/password-reset"];
  for (const { method, path } of routes) {
    if (open.includes(path)) continue;
    const target = path.replace(":id", newId());
    const headers = { authorization: `Bearer ${stranger.token}`, cookie: `rolodesk=${stranger.token}` };
    expect((await send(rig.url, method, target)).status, `${method} ${path}`).toBe(401);
    expect((await send(rig.url, method, target, { headers })).status, `${method} ${path}`).toBe(401);
  }
});

test("lists and searches show an agent the own sites only", async () => {
  const mine = await arrive(rig, siteA.key);
  const { conversation } = await say(mine.socket, "Private words of A");
  for (const query of ["", "?search=Private", "?search=words&view=all&status=open", "?view=unassigned"]) {
    const page = await agentOfA.request("GET", `/api/conversations${query}`);
    const { items, counts } = (await page.json()) as { items: { id: string }[]; counts: { all: number } };
    expect(items.map(({ id }) => id)).toEqual([conversation.id]);
    expect(counts.all).toBe(1);
  }
  const { sites } = (await (await agentOfA.request("GET", "/api/sites")).json()) as { sites: Site[] };
  expect(sites.map(({ id }) => id)).toEqual([siteA.id]);
  const { connections } = (await (await agentOfA.request("GET", "/api/connections")).json()) as { connections: [] };
  expect(connections).toEqual([]);
});

describe("over the sockets", () => {
  const visitorInputs: Record<keyof typeof VISITOR_EVENTS, ((conversationId: string) => unknown) | "takes no id"> = {
    "message.send": (conversationId) => ({ clientId: newId(), conversationId, text: "Let me in" }),
    "conversation.resume": (conversationId) => ({ conversationId, afterSeq: 0 }),
    "conversation.read": (conversationId) => ({ conversationId, seq: 1 }),
    "conversation.end": (conversationId) => ({ conversationId }),
    "facts.save": (conversationId) => ({ conversationId, facts: [{ field: "firstName", value: "Mallory" }] }),
    "attributes.set": "takes no id",
    typing: (conversationId) => ({ conversationId, on: true }),
  };

  test.each(Object.keys(VISITOR_EVENTS))("a visitor's %s finds nothing of another visitor's", async (event) => {
    const input = visitorInputs[event as keyof typeof VISITOR_EVENTS];
    expect(input, `Say what ${event} takes`).toBeDefined();
    if (input === "takes no id") return;
    // on the same site, so that nothing but the session tells them apart
    const { socket } = await arrive(rig, siteB.key);
    await say(socket, "My own");
    const before = await fingerprint();
    const theirs = await ask(socket, event, input(conversationOfB));
    expect(theirs).toMatchObject({ ok: false, error: { code: "not_found" } });
    expect(await ask(socket, event, input(newId()))).toEqual(theirs);
    expect(await fingerprint()).toEqual(before);
  });

  const agentInputs: Record<keyof typeof AGENT_EVENTS, (conversationId: string) => unknown> = {
    watch: (conversationId) => ({ conversationId }),
    unwatch: (conversationId) => ({ conversationId }),
    typing: (conversationId) => ({ conversationId, on: true }),
  };

  test.each(Object.keys(AGENT_EVENTS))("an agent's %s tells nothing of another site's conversation", async (event) => {
    const input = agentInputs[event as keyof typeof AGENT_EVENTS];
    expect(input, `Say what ${event} takes`).toBeDefined();
    const socket = await connected(rig.agentSocket(agentOfA.cookie));
    const theirs = await ask(socket, event, input(conversationOfB));
    expect(await ask(socket, event, input(newId()))).toEqual(theirs);
    if (event === "watch") expect(theirs).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  test("an agent hears nothing of sites they do not serve, also after a site was taken from them", async () => {
    const admin = await rig.makeUser("admin");
    const agent = await rig.makeUser("agent", [siteA.id, siteB.id]);
    const socket = await connected(rig.agentSocket(agent.cookie));
    await demand(socket, "watch", { conversationId: conversationOfB });
    await admin.request("PATCH", `/api/users/${agent.me.id}`, { siteIds: [siteA.id] });
    const heard: unknown[] = [];
    socket.on("changed", (change) => heard.push(change.conversationId));
    socket.on("typing", (typing) => heard.push(typing.conversationId));
    const mine = await arrive(rig, siteA.key);
    // rights are looked at again every two seconds; afterwards A is still heard and B is not
    await eventually("B to fall silent", async () => {
      heard.length = 0;
      stranger.socket.emit("typing", { conversationId: conversationOfB, on: true });
      await say(stranger.socket, "Still private", conversationOfB);
      const { conversation } = await say(mine.socket, "Public");
      await eventually("news of A", () => heard.includes(conversation.id));
      return !heard.includes(conversationOfB);
    });
  });
});

async function connectSiteB(): Promise<string> {
  const id = newId();
  await rig.db.insert(connection).values({
    id,
    provider: "memory",
    name: "CRM of B",
    settings: {},
    credentials: rig.deps.secrets.encrypt("{}", `connection:${id}:credentials`),
    credentialHints: {},
    accountId: "b",
    accountName: "B",
  });
  await rig.db.insert(connectionSite).values({ connectionId: id, siteId: siteB.id });
  return id;
}

async function runOfB(connectionId: string): Promise<string> {
  const id = newId();
  const conversationId = conversationOfB;
  await rig.db
    .insert(syncRun)
    .values({ id, cause: "test", connectionId, conversationId, trigger: "agent", status: "failed" });
  return id;
}

/** Changes when any row of these tables does. */
async function fingerprint(): Promise<unknown> {
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

function withoutRequestId(body: string): string {
  return body.replace(/"requestId":"[^"]*"/, "");
}
