import { AuditPage } from "@rolodesk/shared/audit";
import { Me, SetupState, User } from "@rolodesk/shared/user";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuth } from "../../server/auth/auth.ts";
import { openDb } from "../../server/db/client.ts";
import { account, session, verification } from "../../server/db/schema/auth.ts";
import { audit } from "../../server/db/schema/operations.ts";
import { toApiError } from "../../server/to-api-error.ts";
import { forgetOldSessions } from "../../server/usecases/users/forget-old-sessions.ts";
import { connected } from "../support/chat-client.ts";
import { type Agent, type ChatRig, cookieOf, createChatRig, send } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { mint, mintEmail } from "../support/ids.ts";
import { standStill } from "../support/stand-still.ts";

let rig: ChatRig;

beforeAll(async () => {
  rig = await createChatRig({ trustProxy: 1 });
});
afterAll(() => rig.close());

/** Every test comes from an address of its own, so that none uses up another's attempts. */
function address(): Record<string, string> {
  return { "x-forwarded-for": mint("address") };
}

async function signIn(email: string, password: string, headers = address()): Promise<Response> {
  return await send(rig.url, "POST", "/api/auth/sign-in/email", { body: { email, password }, headers });
}

describe("the first admin", () => {
  test("is made once, however many try at the same moment, and is signed in", async () => {
    const before = await send(rig.url, "GET", "/api/setup");
    expect(SetupState.parse(await before.json())).toEqual({ needed: true });

    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        send(rig.url, "POST", "/api/setup", {
          body: { name: "Ada Admin", email: mintEmail("ada"), password: mint("password") },
          headers: address(),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    const made = answers.find(({ status }) => status === 201);
    const me = await send(rig.url, "GET", "/api/me", { cookie: made && cookieOf(made) });
    expect(Me.parse(await me.json())).toMatchObject({ name: "Ada Admin", role: "admin" });
    expect(await (await send(rig.url, "GET", "/api/setup")).json()).toEqual({ needed: false });
  });
});

describe("signing in", () => {
  test("sets a new cookie that scripts cannot read, and tells no token", async () => {
    const agent = await rig.makeUser("agent");
    const answer = await signIn(agent.email, agent.password);
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^rolodesk=[^;]{40,}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookieOf(answer)).not.toBe(agent.cookie);
    const token = decodeURIComponent(cookie.slice("rolodesk=".length)).split(".")[0];
    const body = await answer.text();
    expect(token).toBeTruthy();
    expect(body).not.toContain(token);
    expect(Me.parse(JSON.parse(body)).id).toBe(agent.me.id);
  });

  test("over https uses a cookie no other host can set", async () => {
    const https = await createChatRig({ publicUrl: "https://chat.example.com" });
    const agent = await https.makeUser("agent");
    expect(agent.cookie).toMatch(/^__Host-rolodesk=/);
    const answer = await send(https.url, "POST", "/api/auth/sign-in/email", {
      body: { email: agent.email, password: agent.password },
      headers: { origin: "https://chat.example.com" },
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-rolodesk=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(answer.headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
    await https.close();
  });

  test("ends the session it came with", async () => {
    const agent = await rig.makeUser("agent");
    const answer = await send(rig.url, "POST", "/api/auth/sign-in/email", {
      body: { email: agent.email, password: agent.password },
      cookie: agent.cookie,
      headers: address(),
    });
    expect(answer.status).toBe(200);
    expect((await agent.request("GET", "/api/me")).status).toBe(401);
  });

  test("says the same to an unknown address and to a wrong password", async () => {
    const agent = await rig.makeUser("agent");
    const [wrong, unknown] = [await signIn(agent.email, mint("wrong")), await signIn(mintEmail(), mint("wrong"))];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(withoutRequestId(await wrong.json())).toEqual(withoutRequestId(await unknown.json()));
  });

  test("fails nine times at most, from one address or for one account, and then has to wait", async () => {
    standStill();
    const [agent, from] = [await rig.makeUser("agent"), address()];
    const guesses = await Promise.all(Array.from({ length: 12 }, () => signIn(mintEmail(), mint("guess"), from)));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(9);
    const refused = guesses.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await signIn(agent.email, agent.password, from)).status).toBe(429);
    expect((await signIn(agent.email, agent.password)).status).toBe(200);

    const spread = await Promise.all(Array.from({ length: 12 }, () => signIn(agent.email, mint("guess"))));
    expect(spread.filter(({ status }) => status === 401)).toHaveLength(9);
  });

  test("cannot be tried more often by inventing addresses before the proxy's own", async () => {
    standStill();
    const proxy = mint("address");
    const guess = () => signIn(mintEmail(), mint("guess"), { "x-forwarded-for": `${mint("invented")}, ${proxy}` });
    const answers = await Promise.all(Array.from({ length: 12 }, guess));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  test("keeps passwords as argon2id at OWASP's floor or above", async () => {
    const agent = await rig.makeUser("agent");
    const [row] = await rig.db.select().from(account).where(eq(account.userId, agent.me.id));
    const [, m, t, p] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(row?.password ?? "") ?? [];
    expect([Number(m), Number(t), Number(p)]).toEqual([19_456, 2, 1]);
  });

  test.each(["sign-up/email", "get-session", "admin/list-users", "list-sessions", "change-password"])(
    "the auth library's own /%s is not there",
    async (path) => {
      const admin = await rig.makeUser("admin");
      expect((await admin.request("POST", `/api/auth/${path}`, {})).status).toBe(404);
      expect((await admin.request("GET", `/api/auth/${path}`)).status).toBe(404);
    },
  );
});

test("a session that cannot be looked up because the database is away is a moment's trouble, not a fault", async () => {
  const agent = await rig.makeUser("agent");
  const away = openDb("postgres://127.0.0.1:1/none");
  const { log } = rig.deps;
  const auth = createAuth({ db: away.db, publicUrl: rig.url, secret: "s".repeat(32), now: rig.deps.now, log });
  const error = await auth.session(new Headers({ cookie: agent.cookie })).catch((thrown: unknown) => thrown);
  expect(toApiError(error, log).code).toBe("unavailable");
  await away.close();
});

describe("the audit trail", () => {
  const deedsOf = async (agent: Agent) => {
    const admin = await rig.makeUser("admin");
    const answer = await admin.request("GET", `/api/audit?object=user&objectId=${agent.me.id}`);
    return AuditPage.parse(await answer.json()).items;
  };

  test("tells who signed in and out, and which attempts failed, with nothing of what was typed", async () => {
    const agent = await rig.makeUser("agent");
    const typed = mint("guess");
    await signIn(agent.email, typed);
    await agent.request("POST", "/api/auth/sign-out");
    const deeds = await deedsOf(agent);
    expect(deeds.map(({ action }) => action)).toEqual(["user.signed_out", "user.sign_in_failed", "user.signed_in"]);
    expect(deeds[0]?.actor).toMatchObject({ kind: "user", id: agent.me.id, name: agent.me.name });
    expect(deeds[1]?.actor).toMatchObject({ kind: "system" });
    expect(JSON.stringify(deeds)).not.toContain(typed);
  });

  test("tells of somebody deactivated who tries to come in, and nothing of addresses nobody has", async () => {
    const [agent, admin] = [await rig.makeUser("agent"), await rig.makeUser("admin")];
    await admin.request("PATCH", `/api/users/${agent.me.id}`, { active: false });
    await signIn(agent.email, agent.password);
    const [latest] = await deedsOf(agent);
    expect(latest).toMatchObject({ action: "user.sign_in_failed", data: { active: false } });
    const before = await rig.db.$count(audit);
    await signIn(mintEmail(), mint("guess"));
    expect(await rig.db.$count(audit)).toBe(before);
  });
});

describe("what ends a session ends its sockets", () => {
  async function ends(what: (agent: Awaited<ReturnType<ChatRig["makeUser"]>>) => Promise<unknown>) {
    const agent = await rig.makeUser("agent");
    const socket = await connected(rig.agentSocket(agent.cookie));
    await what(agent);
    expect((await agent.request("GET", "/api/me")).status).toBe(401);
    await eventually("the socket's end", () => socket.disconnected);
    return agent;
  }

  test("signing out", async () => {
    await ends((agent) => agent.request("POST", "/api/auth/sign-out"));
  });

  test("being deactivated, after which one cannot sign in either", async () => {
    const admin = await rig.makeUser("admin");
    const agent = await ends((agent) => admin.request("PATCH", `/api/users/${agent.me.id}`, { active: false }));
    expect((await signIn(agent.email, agent.password)).status).toBe(403);
    await admin.request("PATCH", `/api/users/${agent.me.id}`, { active: true });
    expect((await signIn(agent.email, agent.password)).status).toBe(200);
  });

  test("a session that vanished elsewhere", async () => {
    await ends((agent) => rig.db.delete(session).where(eq(session.userId, agent.me.id)));
  });

  test("changing the password, everywhere but where it was changed", async () => {
    const agent = await rig.makeUser("agent");
    const other = await agent.signIn();
    const [here, there] = [await connected(rig.agentSocket(agent.cookie)), await connected(rig.agentSocket(other))];
    const next = mint("password");
    expect((await agent.request("POST", "/api/me/password", { current: mint("wrong"), next })).status).toBe(400);
    const answer = await agent.request("POST", "/api/me/password", { current: agent.password, next });
    expect(answer.status).toBe(204);
    await eventually("the other socket's end", () => there.disconnected);
    expect((await send(rig.url, "GET", "/api/me", { cookie: other })).status).toBe(401);
    expect((await agent.request("GET", "/api/me")).status).toBe(200);
    expect(here.connected).toBe(true);
    expect((await signIn(agent.email, agent.password)).status).toBe(401);
    expect((await signIn(agent.email, next)).status).toBe(200);
  });
});

test("sessions and links past their time are forgotten, good ones are not", async () => {
  const [admin, agent] = [await rig.makeUser("admin"), await rig.makeUser("agent")];
  await admin.request("POST", `/api/users/${agent.me.id}/reset-link`);
  await rig.db
    .update(session)
    .set({ expiresAt: new Date(0) })
    .where(eq(session.userId, agent.me.id));
  const links = await rig.db.$count(verification);
  await forgetOldSessions(rig.deps);
  expect(await rig.db.$count(session, eq(session.userId, agent.me.id))).toBe(0);
  expect(await rig.db.$count(verification)).toBe(links);
  expect((await admin.request("GET", "/api/me")).status).toBe(200);
  await forgetOldSessions({ db: rig.db, now: () => new Date(Date.now() + 25 * 60 * 60_000) });
  expect(await rig.db.$count(verification)).toBe(0);
});

describe("an account", () => {
  test("is made by an admin; its owner sets the password by a link that works once", async () => {
    const admin = await rig.makeUser("admin");
    const email = mintEmail("sara");
    const made = await admin.request("POST", "/api/users", { name: "Sara Example", email, role: "agent" });
    expect(made.status).toBe(201);
    const { user, resetLink } = (await made.json()) as { user: unknown; resetLink: string };
    expect(User.parse(user)).toMatchObject({ name: "Sara Example", role: "agent", active: true, siteIds: [] });

    const token = new URL(resetLink).hash.replace("#token=", "");
    const password = mint("password");
    const use = () => send(rig.url, "POST", "/api/password-reset", { body: { token, password }, headers: address() });
    expect((await use()).status).toBe(204);
    expect((await use()).status).toBe(404);
    expect((await signIn(email, password)).status).toBe(200);
  });

  test("has a link for a day, and only the newest", async () => {
    const [admin, agent] = [await rig.makeUser("admin"), await rig.makeUser("agent")];
    const link = async () => {
      const answer = await admin.request("POST", `/api/users/${agent.me.id}/reset-link`);
      return new URL(((await answer.json()) as { resetLink: string }).resetLink).hash.slice("#token=".length);
    };
    const use = (token: string) =>
      send(rig.url, "POST", "/api/password-reset", {
        body: { token, password: mint("password") },
        headers: address(),
      });
    const [older, newer] = [await link(), await link()];
    expect((await use(older)).status).toBe(404);
    expect((await use(newer)).status).toBe(204);
    const late = await link();
    rig.advance(24 * 60 * 60_000 + 1000);
    expect((await use(late)).status).toBe(404);
    rig.advance(-24 * 60 * 60_000 - 1000);
  });

  test("of the last active admin cannot be deactivated or demoted, by two at once neither", async () => {
    const alone = await createChatRig();
    const [a, b] = [await alone.makeUser("admin"), await alone.makeUser("admin")];
    const answers = await Promise.all([
      a.request("PATCH", `/api/users/${b.me.id}`, { role: "agent" }),
      b.request("PATCH", `/api/users/${a.me.id}`, { active: false }),
    ]);
    // whoever is second is turned away as no admin any more, or because they would be the last
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const last = answers[0]?.status === 200 ? a : b;
    expect((await last.request("PATCH", `/api/users/${last.me.id}`, { role: "agent" })).status).toBe(409);
    expect((await last.request("PATCH", `/api/users/${last.me.id}`, { active: false })).status).toBe(409);
    await alone.close();
  });

  test("knows neither another role nor another id for itself", async () => {
    const agent = await rig.makeUser("agent");
    const change = { role: "admin", id: "x", siteIds: [] };
    expect((await agent.request("PATCH", `/api/users/${agent.me.id}`, change)).status).toBe(403);
    const body = { current: agent.password, next: mint("password"), role: "admin" };
    expect((await agent.request("POST", "/api/me/password", body)).status).toBe(400);
    expect(Me.parse(await (await agent.request("GET", "/api/me")).json()).role).toBe("agent");
  });
});

function withoutRequestId(body: unknown): unknown {
  return { ...(body as object), requestId: undefined };
}
