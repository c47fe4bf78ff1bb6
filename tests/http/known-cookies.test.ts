import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKnownCookies } from "../../server/auth/known-cookies.ts";
import { session } from "../../server/db/schema/auth.ts";
import { type ChatRig, createChatRig, send } from "../support/chat-rig.ts";

const DAY_MS = 86_400_000;

describe("a session that is in use", () => {
  let rig: ChatRig;
  beforeAll(async () => {
    rig = await createChatRig();
  });
  afterAll(() => rig.close());

  const me = (cookie: string) => send(rig.url, "GET", "/api/me", { cookie });

  test("does not let in a cookie that is another by one character", async () => {
    const { cookie } = await rig.makeUser("agent");
    expect((await me(cookie)).status).toBe(200);
    const signature = cookie.length - 5;
    const other = cookie[signature] === "A" ? "B" : "A";
    expect((await me(cookie.slice(0, signature) + other + cookie.slice(signature + 1))).status).toBe(401);
    expect((await me(cookie)).status).toBe(200);
  });

  test("is over for the very next request when its row is gone", async () => {
    const { cookie, me: user } = await rig.makeUser("agent");
    expect((await me(cookie)).status).toBe(200);
    await rig.db.delete(session).where(eq(session.userId, user.id));
    expect((await me(cookie)).status).toBe(401);
  });

  test("has the rights of today with every request", async () => {
    const [admin, agent] = [await rig.makeUser("admin"), await rig.makeUser("agent")];
    expect((await agent.request("GET", "/api/audit")).status).toBe(403);
    await admin.request("PATCH", `/api/users/${agent.me.id}`, { role: "admin" });
    expect((await agent.request("GET", "/api/audit")).status).toBe(200);
  });

  test("is prolonged once a day", async () => {
    const { cookie, me: user } = await rig.makeUser("agent");
    expect((await me(cookie)).headers.getSetCookie()).toEqual([]);
    const old = new Date(Date.now() + 5 * DAY_MS);
    await rig.db.update(session).set({ expiresAt: old }).where(eq(session.userId, user.id));
    rig.advance(DAY_MS);
    expect((await me(cookie)).headers.getSetCookie()).toHaveLength(1);
    const [row] = await rig.db.select().from(session).where(eq(session.userId, user.id));
    expect(row?.expiresAt.getTime()).toBeGreaterThan(old.getTime() + DAY_MS);
  });
});

describe("cookies that are known", () => {
  const [now, later] = [new Date(0), new Date(1000)];

  test("are forgotten when their time has come", () => {
    const known = createKnownCookies();
    known.add("a=1", "session", later);
    expect(known.sessionId("a=1", now)).toBe("session");
    expect(known.sessionId("a=2", now)).toBeUndefined();
    expect(known.sessionId("a=1", later)).toBeUndefined();
    expect(known.sessionId("a=1", now)).toBeUndefined();
  });

  test("take bounded memory: the oldest of very many and very long ones are not kept", () => {
    const known = createKnownCookies();
    const headers = Array.from({ length: 5001 }, (_, i) => `a=${i}`);
    for (const header of headers) known.add(header, "session", later);
    expect(headers.filter((header) => known.sessionId(header, now) === undefined)).toEqual(["a=0"]);
    const long = `a=${"x".repeat(2000)}`;
    known.add(long, "session", later);
    expect(known.sessionId(long, now)).toBeUndefined();
  });
});
