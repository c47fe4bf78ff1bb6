import { Connection } from "@rolodesk/shared/connection";
import { ConversationPage } from "@rolodesk/shared/conversation";
import { Site } from "@rolodesk/shared/site";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { arrive, say } from "../support/chat-client.ts";
import { type ChatRig, send } from "../support/chat-rig.ts";
import { mint, newId } from "../support/ids.ts";
import { CREDENTIAL, createTwoSites, ENDPOINT_SECRET, type TwoSites } from "../support/two-sites.ts";

/**
 * Who serves site A meets everything of site B as if it did not exist. The cases are made from the router: a route that is
 * added is tried here, and fails until what it takes is named below.
 */
let world: TwoSites;
let rig: ChatRig;

beforeAll(async () => {
  world = await createTwoSites();
  rig = world.rig;
});
afterAll(() => rig.close());

/** Bodies that would be good, so that a refusal is about whose it is. */
const BODIES: Record<string, () => unknown> = {
  "POST /api/conversations/:id/messages": () => ({ clientId: newId(), kind: "agent", text: "Hello" }),
  "POST /api/conversations/:id/read": () => ({ seq: 1 }),
  "POST /api/conversations/:id/assign": () => ({ userId: world.agentOfA.me.id }),
  "POST /api/conversations/:id/sync": () => ({ connectionId: world.foreign.connections, requestId: newId() }),
  "POST /api/sync-runs/:id/choice": () => ({ kind: "later" }),
  "PATCH /api/contacts/:id": () => ({ firstName: mint("Ana") }),
  "POST /api/contacts/:id/notes": () => ({ text: "A note" }),
  "PATCH /api/phone-calls/:id": () => ({ disposition: "sold" }),
  "PATCH /api/connections/:id": () => ({ name: mint("Connection") }),
  "PUT /api/connections/:id/mapping": () => ({ fields: [] }),
  "POST /api/connections/:id/mapping/sample": () => ({ fields: [] }),
  "PUT /api/connections/:id/webhook/signing": () => ({ secret: mint("secret") }),
  "PATCH /api/connections/:id/contact-sync": () => ({ everyMinutes: 15 }),
  "PATCH /api/sites/:id": () => ({ name: mint("Site") }),
  "PATCH /api/webhook-endpoints/:id": () => ({ name: mint("Webhook") }),
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
  const before = await world.fingerprint();
  const routes = routesWithId();
  expect(routes.length).toBeGreaterThan(20);
  for (const route of routes) {
    const [method = "", path = ""] = route.split(" ");
    const theirs = world.foreign[path.split("/")[2] ?? ""];
    expect(theirs, `Name something of site B for ${route}`).toBeDefined();
    const call = async (id: string) => {
      const answer = await world.agentOfA.request(method, withQuery(path.replace(":id", id)), BODIES[route]?.());
      return { status: answer.status, body: withoutRequestId(await answer.text()) };
    };
    const answer = await call(theirs ?? "");
    expect([403, 404], `${route} answered ${answer.status} ${answer.body}`).toContain(answer.status);
    expect(await call(newId()), route).toEqual(answer);
    expect(await call("not-an-id"), route).toEqual(answer);
  }
  expect(await world.fingerprint()).toEqual(before);
});

test("every HTTP route for users asks who it is, and a visitor's token is nobody", async () => {
  const routes = rig.app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
  const open = [
    ...["/api/setup", "/api/auth/sign-in/email", "/api/auth/sign-out", "/api/password-reset"],
    "/api/openapi.json",
  ];
  for (const { method, path } of routes) {
    if (open.includes(path)) continue;
    const target = path.replace(":id", newId());
    const headers = { authorization: `Bearer ${world.stranger.token}`, cookie: `rolodesk=${world.stranger.token}` };
    expect((await send(rig.url, method, target)).status, `${method} ${path}`).toBe(401);
    expect((await send(rig.url, method, target, { headers })).status, `${method} ${path}`).toBe(401);
  }
});

test("every HTTP route that is not named here for agents is for admins alone", async () => {
  const forAgents = [
    /^(GET|POST) \/api\/(me|conversations|sync-runs|conflicts|settlements)\b/,
    /^\w+ \/api\/(contacts(?!\/export)|duplicates|merges|contact-views|phone-calls)\b/,
    /^GET \/api\/(users|sites|connections|sync-stats)$/,
    /^\w+ \/api\/(setup|auth|password-reset|openapi\.json)\b/,
  ];
  const before = await world.fingerprint();
  for (const { method, path } of rig.app.routes) {
    const route = `${method} ${path}`;
    if (method === "ALL" || !path.startsWith("/api/") || forAgents.some((pattern) => pattern.test(route))) continue;
    const answer = await world.agentOfA.request(
      method,
      path.replace(":id", world.siteA.id),
      method === "GET" ? undefined : {},
    );
    expect(answer.status, route).toBe(403);
  }
  expect(await world.fingerprint()).toEqual(before);
});

test("no answer holds a secret, whoever asks", async () => {
  const admin = await rig.makeUser("admin");
  const made = await admin.request("POST", `/api/sites/${world.siteB.id}/identity-secret`);
  const { secret } = z.object({ secret: z.string().min(40) }).parse(await made.json());
  const sealed = await rig.db.execute<{ text: string }>(
    sql`select credentials as text from connection union all select webhook_secret from connection where webhook_secret is not null union all select identity_secret from site where identity_secret is not null
        union all select token from session union all select token_hash from visitor_session
        union all select password from account where password is not null union all select hash from api_key union all select secret from webhook_endpoint`,
  );
  const secrets = [
    secret,
    world.stranger.token,
    CREDENTIAL,
    ENDPOINT_SECRET,
    "$argon2",
    ...sealed.map(({ text }) => text),
  ];
  expect(secrets.length).toBeGreaterThan(10);
  for (const { method, path } of rig.app.routes) {
    if (method !== "GET") continue;
    const id = world.foreign[path.split("/")[2] ?? ""] ?? newId();
    const target = withQuery(path.replace(":siteKey", world.siteB.key).replace(":id", id).replace("*", ""));
    for (const who of [admin, world.agentOfA]) {
      const answer = await who.request("GET", target);
      const whole = `${await answer.text()} ${JSON.stringify([...answer.headers])}`;
      for (const one of secrets) expect(whole.includes(one), `${target} tells ${one.slice(0, 8)}…`).toBe(false);
    }
  }
});

test("lists and searches show an agent the own sites only", async () => {
  const mine = await arrive(rig, world.siteA.key);
  const { conversation } = await say(mine.socket, "Private words of A");
  for (const query of ["", "?search=Private", "?search=words&view=all&status=open", "?view=unassigned"]) {
    const page = await world.agentOfA.request("GET", `/api/conversations${query}`);
    const { items, counts } = ConversationPage.parse(await page.json());
    expect(items.map(({ id }) => id)).toEqual([conversation.id]);
    expect(counts.all).toBe(1);
  }
  const { sites } = z
    .object({ sites: z.array(Site) })
    .parse(await (await world.agentOfA.request("GET", "/api/sites")).json());
  expect(sites.map(({ id }) => id)).toEqual([world.siteA.id]);
  const { connections } = z
    .object({ connections: z.array(Connection) })
    .parse(await (await world.agentOfA.request("GET", "/api/connections")).json());
  expect(connections).toEqual([]);
});

function withoutRequestId(body: string): string {
  return body.replace(/"requestId":"[^"]*"/, "");
}
