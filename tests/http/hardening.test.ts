import { request } from "node:http";
import { ApiError } from "@rolodesk/shared/api-error";
import type { Site } from "@rolodesk/shared/site";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Agent, type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { newId } from "../support/ids.ts";

let rig: ChatRig;
let site: Site;
let admin: Agent;

beforeAll(async () => {
  rig = await createChatRig();
  site = await rig.makeSite();
  admin = await rig.makeUser("admin");
});
afterAll(() => rig.close());

describe("headers", () => {
  test("protect every answer of every route, errors included", async () => {
    const cookie = await admin.signIn();
    const routes = rig.app.routes.filter(({ method }) => method !== "ALL");
    expect(routes.length).toBeGreaterThan(35);
    const paths = routes.map(({ method, path }) => [
      method,
      path.replace(":siteKey", site.key).replace(/:\w+/, newId()),
    ]);
    for (const [method = "", path = ""] of [
      ...paths,
      ["GET", "/nothing"],
      ["GET", "/app/inbox"],
      ["POST", "/api/nothing"],
    ]) {
      const { headers } = await send(rig.url, method, path.replace("*", "x"), {
        cookie,
        body: method === "GET" ? undefined : {},
      });
      const what = `${method} ${path}`;
      expect(headers.get("x-content-type-options"), what).toBe("nosniff");
      expect(headers.get("referrer-policy"), what).toBe("same-origin");
      expect(headers.get("x-request-id"), what).toMatch(/^[0-9a-f-]{36}$/);
      const policy = headers.get("content-security-policy");
      expect(policy, what).toContain("default-src 'self'");
      expect(policy, what).toContain("object-src 'none'; base-uri 'none'");
      expect(policy, what).not.toContain("unsafe-inline");
      if (path.startsWith("/widget/frame/")) continue;
      expect(policy, what).toContain("frame-ancestors 'none'");
      expect(headers.get("x-frame-options"), what).toBe("DENY");
    }
  });

  test("keep every answer of the API out of every cache", async () => {
    for (const path of ["/api/me", "/api/conversations", "/api/users", "/api/sites", "/api/setup", "/api/nothing"]) {
      expect((await admin.request("GET", path)).headers.get("cache-control"), path).toBe("no-store");
      expect((await send(rig.url, "GET", path)).headers.get("cache-control"), path).toBe("no-store");
    }
  });
});

describe("requests that change something", () => {
  function changing(): string[] {
    const routes = rig.app.routes.filter(
      ({ method, path }) => !["ALL", "GET"].includes(method) && path.startsWith("/api/"),
    );
    return [...new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/, newId())}`))];
  }

  test("are refused when they come from another site, or without the header only our pages send", async () => {
    const before = await rowCounts();
    const open = ["/api/setup", "/api/auth/sign-in/email", "/api/password-reset"];
    for (const route of changing()) {
      const [method = "", path = ""] = route.split(" ");
      const call = (headers: Record<string, string>) =>
        fetch(rig.url + path, { method, headers: { cookie: admin.cookie, ...headers }, body: "{}" });
      expect((await call({ origin: "https://evil.test", "content-type": "text/plain" })).status, route).toBe(403);
      expect(
        (await call({ origin: "https://evil.test", "content-type": "application/json", "x-rolodesk": "1" })).status,
        route,
      ).toBe(403);
      expect((await call({ origin: "null", "content-type": "text/plain" })).status, route).toBe(403);
      const bare = await call({ "content-type": "text/plain" });
      expect(bare.status, route).toBe(open.includes(path) ? 400 : 403);
    }
    expect(await rowCounts()).toEqual(before);
    expect((await admin.request("GET", "/api/me")).status).toBe(200);
  });

  test("are never GETs: reading everything changes no row", async () => {
    const before = await rowCounts();
    for (const { method, path } of rig.app.routes) {
      if (method === "GET") await admin.request("GET", path.replace(":siteKey", site.key).replace(/:\w+/, newId()));
    }
    expect(await rowCounts()).toEqual(before);
  });
});

describe("bodies", () => {
  async function post(body: string, headers: Record<string, string> = {}) {
    const answer = await fetch(`${rig.url}/api/sites`, {
      method: "POST",
      headers: { cookie: admin.cookie, "x-rolodesk": "1", "content-type": "application/json", ...headers },
      body,
    });
    return { status: answer.status, error: ApiError.parse(await answer.json()) };
  }

  test.each([
    ["no JSON", "{", 400],
    ["nothing", "", 400],
    ["a number", "7", 400],
    ["null", "null", 400],
    ["a list", "[]", 400],
    ["nested lists", "[".repeat(100_000) + "]".repeat(100_000), 400],
    ["a nested value", `{"name":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, 400],
    ["unknown keys", '{"name":"x","isAdmin":true}', 400],
    ["a prototype", '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}', 400],
    ["unstorable text", '{"name":"a\\u0000b"}', 400],
    ["too much", `"${"x".repeat(256 * 1024)}"`, 413],
  ])("of %s are refused", async (_what, body, status) => {
    const answer = await post(body);
    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({
      code: expect.any(String),
      message: expect.any(String),
      requestId: expect.any(String),
    });
    expect(JSON.stringify(answer.error)).not.toMatch(/at .*\.ts|node_modules|isAdmin": ?true/);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  test("without a length are read no further than the limit", async () => {
    const { host } = new URL(rig.url);
    const [hostname, port] = host.split(":");
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const req = request({
        hostname,
        port,
        path: "/api/sites",
        method: "POST",
        headers: { cookie: admin.cookie, "x-rolodesk": "1", "content-type": "application/json" },
      });
      req.on("response", (response) => resolve(response.statusCode));
      req.on("error", reject);
      const chunk = "x".repeat(64 * 1024);
      for (let i = 0; i < 8; i += 1) req.write(chunk);
    });
    expect(status).toBe(413);
  });

  test("say which field is wrong, in words", async () => {
    const { status, error } = await post(JSON.stringify({ name: "", accent: "red", origins: ["ftp://x"] }));
    expect(status).toBe(400);
    expect(error.fields).toMatchObject({ name: "Give the site a name.", accent: "Write a colour such as #1d6b5f." });
    expect(error.fields?.["origins.0"]).toContain("https://shop.example.com");
  });
});

describe("queries", () => {
  test.each(["' OR 1=1--", "'; select pg_sleep(3); --", "%", "\\", "a & ! ( ) : * <->", "\u0000x", "\uD800"])(
    "searching for %j is a search, not a command",
    async (search) => {
      const answer = await admin.request("GET", `/api/conversations?${new URLSearchParams({ search })}`);
      expect([200, 400]).toContain(answer.status);
    },
  );

  test.each(["view=theirs", "status=x", "limit=0", "limit=1e9", "cursor=xyz", "order=desc", "status[$ne]=open"])(
    "%s is refused",
    async (query) => {
      expect((await admin.request("GET", `/api/conversations?${query}`)).status).toBe(400);
    },
  );
});

test("a fault of ours is told to nobody and logged with its request id", async () => {
  const broken = await createChatRig();
  await broken.db.execute(sql`drop table verification cascade`);
  await broken.db.execute(sql`alter table site rename column name to was_name`);
  const answer = await fetch(`${broken.url}/widget/api/sites/x`);
  expect(answer.status).toBe(500);
  const error = ApiError.parse(await answer.json());
  expect(error).toEqual({
    code: "internal",
    message: "Something went wrong on our side. Try again in a moment.",
    requestId: answer.headers.get("x-request-id"),
  });
  await broken.close();
});

async function rowCounts(): Promise<unknown> {
  const tables = [
    "conversation",
    "message",
    "visitor",
    "visitor_session",
    "site",
    "user",
    "session",
    "verification",
    "connection",
    "audit",
    "sync_run",
  ];
  return await Promise.all(
    tables.map((table) => rig.db.execute(sql`select count(*)::int as rows from ${sql.identifier(table)}`)),
  );
}
