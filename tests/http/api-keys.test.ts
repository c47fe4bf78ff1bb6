import { ApiError } from "@rolodesk/shared/api-error";
import { ApiKeyList } from "@rolodesk/shared/api-key";
import { ConversationPage } from "@rolodesk/shared/conversation";
import { API_SCOPES } from "@rolodesk/shared/vocabulary";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { descriptionOf } from "../../server/http/openapi/described-areas.ts";
import { arrive, say } from "../support/chat-client.ts";
import { send } from "../support/chat-rig.ts";
import { mintEmail, newId } from "../support/ids.ts";
import { type HeldKey, holderOf, makeKey } from "../support/make-key.ts";
import { standStill } from "../support/stand-still.ts";
import { createTwoSites, type TwoSites } from "../support/two-sites.ts";

/** Of routes one key is tried at: it would be told to slow down. */
const FEWER_THAN_A_KEY_MAY_ASK = 100;

let world: TwoSites;
let rig: TwoSites["rig"];

beforeAll(async () => {
  world = await createTwoSites();
  rig = world.rig;
});
afterAll(() => rig.close());

async function listedKey({ key, maker }: HeldKey) {
  const { keys } = ApiKeyList.parse(await (await maker.request("GET", "/api/api-keys")).json());
  return keys.find(({ id }) => id === key.id);
}

async function status(answer: Promise<Response>): Promise<number> {
  return (await answer).status;
}

describe("an API key", () => {
  test("is a bearer: no cookie, no header of ours", async () => {
    const key = await makeKey(rig, { scopes: ["write:conversations"] });
    const path = `/api/conversations/${world.conversationOfB}/messages`;
    const answer = await key.request("POST", path, { clientId: newId(), kind: "note", text: "From a program" });
    expect(answer.status).toBe(201);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  test("opens exactly the routes of its scopes", async () => {
    const routes = rig.app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
    for (const scope of API_SCOPES) {
      for (let from = 0; from < routes.length; from += FEWER_THAN_A_KEY_MAY_ASK) {
        const key = await makeKey(rig, { scopes: [scope] });
        const ask = async ({ method, path }: (typeof routes)[number]) => {
          const access = descriptionOf(`${method} ${path}`)?.access;
          if (access === "open") return;
          const answer = await key.request(method, path.replace(/:\w+/, newId()), method === "GET" ? undefined : {});
          const refused = answer.status === 403;
          expect(refused, `${method} ${path} with ${scope} answered ${answer.status}`).toBe(access !== scope);
        };
        await Promise.all(routes.slice(from, from + FEWER_THAN_A_KEY_MAY_ASK).map(ask));
      }
    }
  });

  test("sees its own sites only", async () => {
    await say((await arrive(rig, world.siteA.key)).socket, "Words of A");
    const key = await makeKey(rig, { siteIds: [world.siteA.id] });
    const page = ConversationPage.parse(await (await key.request("GET", "/api/conversations")).json());
    expect(new Set(page.items.map(({ siteName }) => siteName))).toEqual(new Set([world.siteA.name]));
    expect(await status(key.request("GET", `/api/conversations/${world.conversationOfB}`))).toBe(404);
  });

  test("for the settings cannot be limited to sites", async () => {
    const admin = await rig.makeUser("admin");
    const input = { name: "Key", scopes: ["admin"], siteIds: [world.siteA.id], expiresInDays: null };
    const answer = await admin.request("POST", "/api/api-keys", input);
    expect(answer.status).toBe(400);
    expect(ApiError.parse(await answer.json()).fields).toHaveProperty("siteIds");
  });

  test("without the scope for settings is an agent, whoever made it", async () => {
    const key = await makeKey(rig, { scopes: ["read:sync"] });
    const answer = await key.request("GET", "/api/connections");
    const { connections } = z
      .object({ connections: z.array(z.object({ settings: z.record(z.string(), z.string()) })) })
      .parse(await answer.json());
    expect(connections.length).toBeGreaterThan(0);
    for (const { settings } of connections) expect(settings).toEqual({});
  });

  test("of every scope makes no account, no key and nobody an admin: what it opens ends with it", async () => {
    const key = await makeKey(rig, { scopes: [...API_SCOPES] });
    const invited = { name: "Mallory", email: mintEmail("mallory"), role: "admin", siteIds: [] };
    const made = { name: "Key", scopes: ["admin"], siteIds: [], expiresInDays: null };
    expect(await status(key.request("POST", "/api/users", invited))).toBe(403);
    expect(await status(key.request("PATCH", `/api/users/${world.agentOfA.me.id}`, { role: "admin" }))).toBe(403);
    expect(await status(key.request("POST", `/api/users/${key.maker.me.id}/reset-link`))).toBe(403);
    expect(await status(key.request("POST", "/api/me/password", { current: "x", next: "x".repeat(20) }))).toBe(403);
    expect(await status(key.request("POST", "/api/api-keys", made))).toBe(403);
  });

  test("ends with its revocation, at once and for good", async () => {
    const key = await makeKey(rig);
    expect(await status(key.request("GET", "/api/conversations"))).toBe(200);
    expect(await status(key.maker.request("DELETE", `/api/api-keys/${key.key.id}`))).toBe(204);
    expect(await status(key.request("GET", "/api/conversations"))).toBe(401);
    expect(await status(key.maker.request("DELETE", `/api/api-keys/${key.key.id}`))).toBe(204);
    expect(await listedKey(key)).toMatchObject({ state: "revoked" });
  });

  test("ends when its maker is deactivated, and may no more than its maker may", async () => {
    const other = await rig.makeUser("admin");
    const key = await makeKey(rig, { scopes: ["admin"] });
    expect(await status(key.request("GET", "/api/providers"))).toBe(200);
    await other.request("PATCH", `/api/users/${key.maker.me.id}`, { role: "agent" });
    expect(await status(key.request("GET", "/api/providers"))).toBe(403);
    await other.request("PATCH", `/api/users/${key.maker.me.id}`, { active: false });
    expect(await status(key.request("GET", "/api/providers"))).toBe(401);
  });

  test("that is wrong opens nothing, and no cookie helps it", async () => {
    const { secret, maker } = await makeKey(rig);
    const wrong = [secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), "rk_", "", "x".repeat(10_000)];
    const { token } = world.stranger;
    for (const attempt of [...wrong, token]) {
      expect(await status(holderOf(rig.url, attempt)("GET", "/api/conversations")), attempt.slice(0, 60)).toBe(401);
      const headers = { authorization: `Bearer ${attempt}` };
      expect(await status(send(rig.url, "GET", "/api/conversations", { cookie: maker.cookie, headers }))).toBe(401);
    }
  });

  test("is stored as a hash, and told once", async () => {
    const { secret, key, maker } = await makeKey(rig);
    expect(secret).toMatch(/^rk_[\w-]{43}$/);
    const tables = await rig.db.execute(
      sql`select t::text from api_key t union all select t::text from audit t where subject_kind = 'api_key'`,
    );
    expect(JSON.stringify(tables)).toContain(key.id);
    expect(JSON.stringify(tables)).not.toContain(secret.slice(key.prefix.length));
    expect(await (await maker.request("GET", "/api/api-keys")).text()).not.toContain(secret);
  });

  test("is named in the audit trail beside its maker", async () => {
    const key = await makeKey(rig, { scopes: ["admin"] });
    await key.request("PATCH", `/api/sites/${world.siteA.id}`, { greeting: "Hello from a program" });
    const rows = await rig.db.execute<{ actor_id: string; key: string }>(
      sql`select actor_id, data -> 'apiKey' ->> 'name' as key from audit where data -> 'apiKey' ->> 'id' = ${key.key.id}`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatchObject({ actor_id: key.maker.me.id, key: key.key.name });
  });

  test("remembers to the minute when it was used", async () => {
    const key = await makeKey(rig);
    expect(await listedKey(key)).toMatchObject({ lastUsedAt: null, state: "active" });
    await key.request("GET", "/api/conversations");
    const first = (await listedKey(key))?.lastUsedAt;
    expect(first).not.toBeNull();
    await key.request("GET", "/api/conversations");
    expect((await listedKey(key))?.lastUsedAt).toBe(first);
  });

  test("that asks too often is told when to come back, and no other key notices", async () => {
    standStill();
    const [busy, calm] = [await makeKey(rig), await makeKey(rig)];
    const answers: Response[] = [];
    for (let batch = 0; batch < 10; batch += 1) {
      answers.push(...(await Promise.all(Array.from({ length: 20 }, () => busy.request("GET", "/api/users")))));
    }
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await status(calm.request("GET", "/api/users"))).toBe(200);
  });

  // last: it moves the clock past every session's end
  test("expires", async () => {
    const key = await makeKey(rig, { expiresInDays: 1 });
    rig.advance(86_400_000 - 60_000);
    expect(await status(key.request("GET", "/api/conversations"))).toBe(200);
    rig.advance(60_001);
    expect(await status(key.request("GET", "/api/conversations"))).toBe(401);
    expect(await listedKey(key)).toMatchObject({ state: "expired" });
  });
});
