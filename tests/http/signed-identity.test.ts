import type { Site } from "@rolodesk/shared/site";
import { eq } from "drizzle-orm";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contactIdentity } from "../../server/db/schema/contact.ts";
import { conversation } from "../../server/db/schema/conversation.ts";
import { arrive, collect, connected, connectionOutcome, demand, say } from "../support/chat-client.ts";
import { type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { mint, mintEmail } from "../support/ids.ts";
import { standStill } from "../support/stand-still.ts";

let rig: ChatRig;
let site: Site;
let secret: string;

beforeAll(async () => {
  rig = await createChatRig({ trustProxy: 1 });
  site = await rig.makeSite();
  secret = await secretOf(site);
});
afterAll(() => rig.close());

async function secretOf({ id }: Site): Promise<string> {
  const admin = await rig.makeUser("admin");
  const answer = await admin.request("POST", `/api/sites/${id}/identity-secret`);
  return ((await answer.json()) as { secret: string }).secret;
}

interface Signing {
  readonly subject?: string;
  readonly claims?: Record<string, unknown>;
  readonly audience?: string;
  readonly key?: string;
  readonly alg?: string;
  /** Seconds from now. */
  readonly expiresIn?: number | null;
}

async function sign({ subject = mint("user"), claims = {}, ...rest }: Signing = {}): Promise<string> {
  const { audience = site.key, key = secret, alg = "HS256", expiresIn = 3600 } = rest;
  const token = new SignJWT(claims).setProtectedHeader({ alg }).setSubject(subject).setAudience(audience);
  if (expiresIn !== null) token.setExpirationTime(Math.floor(rig.deps.now().getTime() / 1000) + expiresIn);
  return await token.sign(new TextEncoder().encode(key));
}

describe("a signed identity that does not hold", () => {
  const wrong: Record<string, () => Promise<string>> = {
    "signed by somebody else": () => sign({ key: "x".repeat(43) }),
    "for another site": async () => sign({ audience: (await rig.makeSite()).key }),
    "signed by another site": async () => sign({ key: await secretOf(await rig.makeSite()) }),
    "long expired": () => sign({ expiresIn: -3600 }),
    "living longer than twelve hours": () => sign({ expiresIn: 13 * 3600 }),
    "without an end": () => sign({ expiresIn: null }),
    "of another algorithm": () => sign({ alg: "HS512", key: secret.padEnd(64, "x") }),
    "without a subject": () => sign({ subject: "" }),
    "for a subject no database can hold": () => sign({ subject: "a\u0000b" }),
    "without a signature": async () =>
      new UnsecuredJWT({}).setSubject("someone").setAudience(site.key).setExpirationTime("1h").encode(),
    "no token at all": async () => "a.b.c",
  };

  test.each(Object.keys(wrong))("%s: the session is failed, and anonymous", async (what) => {
    const identityToken = (await wrong[what]?.()) ?? "";
    const session = await rig.visit(site.key, { identityToken });
    expect(session.identity).toEqual({ state: "failed", firstName: null, lastName: null, email: null, phone: null });
  });

  test("keeps a good one that has a name no database can hold, without the name", async () => {
    const identityToken = await sign({ claims: { given_name: "A\u0000na", family_name: "Demo" } });
    const session = await rig.visit(site.key, { identityToken });
    expect(session.identity).toMatchObject({ state: "verified", firstName: null, lastName: "Demo" });
  });

  test("does not continue the session of whoever was verified here before", async () => {
    const before = await rig.visit(site.key, { identityToken: await sign() });
    const socket = await connected(rig.visitorSocket(before.token));
    await say(socket, "Something private");
    const after = await rig.visit(site.key, {
      bearer: before.token,
      identityToken: await sign({ key: "x".repeat(43) }),
    });
    expect(after.visitorId).not.toBe(before.visitorId);
    expect(after.openConversationId).toBeNull();
    expect(await connectionOutcome(rig.visitorSocket(before.token))).toBe("unauthenticated");
  });

  test("cannot be guessed at without end", async () => {
    standStill();
    const guess = async () =>
      await send(rig.url, "POST", "/widget/api/sessions", {
        body: { siteKey: site.key, identityToken: "a.b.c" },
        headers: { "x-forwarded-for": "192.0.2.7" },
      });
    const answers = await Promise.all(Array.from({ length: 25 }, guess));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
  });

  test("is every one, where the site has no secret", async () => {
    const admin = await rig.makeUser("admin");
    const bare = await rig.makeSite();
    const key = await secretOf(bare);
    const token = () => sign({ audience: bare.key, key });
    expect((await rig.visit(bare.key, { identityToken: await token() })).identity.state).toBe("verified");
    expect((await admin.request("DELETE", `/api/sites/${bare.id}/identity-secret`)).status).toBe(204);
    expect((await rig.visit(bare.key, { identityToken: await token() })).identity.state).toBe("failed");
  });
});

describe("a signed identity", () => {
  test("is the same visitor on every browser, and brings its values", async () => {
    const subject = mint("user");
    const email = mintEmail("ana");
    const claims = { email, phone: "(202) 555-0147", name: "Ana Maria Ruiz" };
    const [one, two] = [
      await rig.visit(site.key, { identityToken: await sign({ subject, claims }) }),
      await rig.visit(site.key, { identityToken: await sign({ subject }) }),
    ];
    expect(two.visitorId).toBe(one.visitorId);
    expect(two.identity).toEqual({
      state: "verified",
      firstName: "Ana",
      lastName: "Maria Ruiz",
      email,
      phone: "(202) 555-0147",
    });
    expect(await connectionOutcome(rig.visitorSocket(one.token))).toBe("connected");
  });

  test("a minute too old is forgiven, for clocks differ", async () => {
    expect((await rig.visit(site.key, { identityToken: await sign({ expiresIn: -30 }) })).identity.state).toBe(
      "verified",
    );
  });

  test("takes along what this browser has open; its old tokens die", async () => {
    const anonymous = await arrive(rig, site.key);
    const ended = collect(anonymous.socket, "session.ended");
    const { conversation: open } = await say(anonymous.socket, "I will log in now");
    const email = mintEmail("ana");
    const session = await rig.visit(site.key, {
      bearer: anonymous.token,
      identityToken: await sign({ claims: { email } }),
    });
    expect(session.visitorId).not.toBe(anonymous.visitorId);
    expect(session.openConversationId).toBe(open.id);
    await eventually("the old line's end", () => ended.length === 1 && anonymous.socket.disconnected);
    rig.advance(1000);
    expect(await connectionOutcome(rig.visitorSocket(anonymous.token))).toBe("unauthenticated");

    const socket = await connected(rig.visitorSocket(session.token));
    expect((await say(socket, "It is me", open.id)).message.seq).toBe(3);
    const [row] = await rig.db.select().from(conversation).where(eq(conversation.id, open.id));
    const keys = await rig.db.select().from(contactIdentity).where(eq(contactIdentity.norm, email));
    expect(keys).toMatchObject([{ contactId: row?.contactId, source: "signed", verifiedAt: expect.any(Date) }]);
  });

  test("keeps the agent who looks at the conversation in touch with its new owner", async () => {
    const agent = await rig.makeUser("agent");
    const line = await connected(rig.agentSocket(agent.cookie));
    const anonymous = await arrive(rig, site.key);
    const { conversation: open } = await say(anonymous.socket, "I will log in now");
    await demand(line, "watch", { conversationId: open.id });
    const presence = collect<{ online: boolean }>(line, "visitor.presence");
    const session = await rig.visit(site.key, { bearer: anonymous.token, identityToken: await sign() });
    const socket = await connected(rig.visitorSocket(session.token));
    const typing = collect(socket, "typing");
    await eventually("the agent's typing to arrive", () => {
      line.emit("typing", { conversationId: open.id, on: true });
      return typing.length > 0;
    });
    socket.disconnect();
    await eventually("their leaving to be told", () => presence.some(({ online }) => !online));
  });

  test("moves it into the person's one open conversation's place when they had one elsewhere", async () => {
    const subject = mint("user");
    const phone = await rig.visit(site.key, { identityToken: await sign({ subject }) });
    const elsewhere = (await say(await connected(rig.visitorSocket(phone.token)), "From my phone")).conversation;
    const desktop = await arrive(rig, site.key);
    const here = (await say(desktop.socket, "From my desk")).conversation;
    const session = await rig.visit(site.key, { bearer: desktop.token, identityToken: await sign({ subject }) });
    expect(session).toMatchObject({ visitorId: phone.visitorId, openConversationId: here.id });
    const [row] = await rig.db.select().from(conversation).where(eq(conversation.id, elsewhere.id));
    expect(row).toMatchObject({ status: "ended", closeCount: 1 });
  });

  test("of somebody else in the same browser begins afresh: nothing carries over", async () => {
    const ana = await rig.visit(site.key, { identityToken: await sign() });
    const line = await connected(rig.visitorSocket(ana.token));
    const { conversation: hers } = await say(line, "Ana's words");
    const bob = await rig.visit(site.key, { bearer: ana.token, identityToken: await sign() });
    expect(bob.visitorId).not.toBe(ana.visitorId);
    expect(bob.openConversationId).toBeNull();
    await eventually("Ana's line in this browser to end", () => line.disconnected);
    const socket = await connected(rig.visitorSocket(bob.token));
    const reply = await socket.emitWithAck("conversation.resume", { conversationId: hers.id, afterSeq: 0 });
    expect(reply).toMatchObject({ ok: false, error: { code: "not_found" } });
  });

  test("gives its values to every new conversation, and claims do not displace them", async () => {
    const email = mintEmail("ana");
    const session = await rig.visit(site.key, { identityToken: await sign({ claims: { email } }) });
    const socket = await connected(rig.visitorSocket(session.token));
    const { conversation: begun } = await say(socket, "Hello");
    expect(begun.statedFields).toEqual(["email"]);
    const saved = await demand<{ identity: unknown }>(socket, "facts.save", {
      conversationId: begun.id,
      facts: [
        { field: "email", value: mintEmail("other") },
        { field: "phone", value: "+1 202 555 0111" },
      ],
    });
    expect(saved.identity).toMatchObject({ state: "verified", email, phone: "+1 202 555 0111" });
  });
});
