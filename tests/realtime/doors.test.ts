import type { Site } from "@rolodesk/shared/site";
import { AGENT_SOCKET_PATH, VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { visitorSession } from "../../server/db/schema/conversation.ts";
import { AGENT_EVENTS } from "../../server/realtime/agent-events.ts";
import { VISITOR_EVENTS } from "../../server/realtime/visitor-events.ts";
import { arrive, ask, connected, connectionOutcome, say } from "../support/chat-client.ts";
import { type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { newId } from "../support/ids.ts";

let rig: ChatRig;
let site: Site;

beforeAll(async () => {
  rig = await createChatRig();
  site = await rig.makeSite();
});
afterAll(() => rig.close());

describe("the visitors' socket", () => {
  test.each([
    ["none", undefined],
    ["null", null],
    ["a number", 7],
    ["an empty one", ""],
    ["an invented one", "x".repeat(43)],
    ["a list", ["x"]],
    ["an object", { toString: 1 }],
    ["a long one", "x".repeat(5000)],
  ])("refuses as token %s", async (_what, token) => {
    expect(await connectionOutcome(rig.visitorSocket(token))).toBe("unauthenticated");
  });

  test("refuses an agent's cookie, and the agents' socket a visitor's token", async () => {
    const agent = await rig.makeUser("agent");
    const { token } = await rig.visit(site.key);
    const extraHeaders = { cookie: agent.cookie };
    expect(await connectionOutcome(rig.visitorSocket(undefined, { extraHeaders }))).toBe("unauthenticated");
    expect(await connectionOutcome(rig.agentSocket(undefined, { auth: { token } }))).toBe("unauthenticated");
    expect(await connectionOutcome(rig.agentSocket(`rolodesk=${token}`))).toBe("unauthenticated");
  });

  test("tells an expired token from a dead one", async () => {
    const { token, visitorId } = await rig.visit(site.key);
    await rig.db
      .update(visitorSession)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(visitorSession.visitorId, visitorId));
    expect(await connectionOutcome(rig.visitorSocket(token))).toBe("expired");
    expect((await rig.visit(site.key, { bearer: token })).visitorId).toBe(visitorId);
  });

  test("drops the line of a session that grew too old, and ends one that was ended", async () => {
    const [aged, ended] = [await arrive(rig, site.key), await arrive(rig, site.key)];
    let words = 0;
    ended.socket.on("session.ended", () => {
      words += 1;
    });
    let reason = "";
    aged.socket.on("disconnect", (why) => {
      reason = why;
    });
    const past = new Date(Date.now() - 1000);
    await rig.db.update(visitorSession).set({ expiresAt: past }).where(eq(visitorSession.visitorId, aged.visitorId));
    await rig.db.delete(visitorSession).where(eq(visitorSession.visitorId, ended.visitorId));
    await eventually("both lines to end", () => aged.socket.disconnected && ended.socket.disconnected);
    expect(words).toBe(1);
    // a client comes back by itself after this, and not after "io server disconnect"
    expect(reason).toBe("transport close");
  });

  test("of a logged-out browser ends at once, others' of the same person do not", async () => {
    // without the look that would find it later
    const rig = await createChatRig({ recheckMs: 3_600_000 });
    const site = await rig.makeSite();
    const one = await arrive(rig, site.key);
    const other = await arrive(rig, site.key);
    const answer = await send(rig.url, "DELETE", "/widget/api/sessions", {
      headers: { authorization: `Bearer ${one.token}` },
    });
    expect(answer.status).toBe(204);
    await eventually("the end", () => one.socket.disconnected);
    expect(other.socket.connected).toBe(true);
    expect(await connectionOutcome(rig.visitorSocket(one.token))).toBe("unauthenticated");
    await rig.close();
  });
});

test("what sockets answer over plain HTTP is kept by no cache and guessed at by no browser", async () => {
  for (const path of [VISITOR_SOCKET_PATH, AGENT_SOCKET_PATH]) {
    const { headers } = await fetch(`${rig.url}${path}/?EIO=4&transport=polling`);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

describe.each(["websocket", "polling"])("a page of another origin, by %s", (transport) => {
  test("reaches neither socket", async () => {
    const agent = await rig.makeUser("agent");
    const { token } = await rig.visit(site.key);
    const choice = { transports: [transport], extraHeaders: { origin: "https://evil.test", cookie: agent.cookie } };
    expect(await connectionOutcome(rig.agentSocket(agent.cookie, choice))).not.toBe("connected");
    expect(await connectionOutcome(rig.visitorSocket(token, choice))).not.toBe("connected");
    const own = { ...choice, extraHeaders: { origin: rig.url, cookie: agent.cookie } };
    expect(await connectionOutcome(rig.agentSocket(agent.cookie, own))).toBe("connected");
    expect(await connectionOutcome(rig.visitorSocket(token, own))).toBe("connected");
  });
});

describe("whatever is sent, the server stays and answers in shape", () => {
  const junk: readonly unknown[] = [
    null,
    0,
    "text",
    true,
    [],
    [[]],
    {},
    { conversationId: { $ne: null } },
    { conversationId: ["a"], text: {}, clientId: 1 },
    { __proto__: null, constructor: { prototype: { admin: true } } },
  ];

  async function fuzz(socket: Awaited<ReturnType<typeof connected>>, events: readonly string[]): Promise<void> {
    for (const event of [...events, "unknown.event", "constructor", "__proto__"]) {
      for (const input of junk) {
        expect(await ask(socket, event, input)).toMatchObject({ ok: false, error: { code: "bad_request" } });
        socket.emit(event, input);
      }
      socket.emit(event);
      socket.emit(event, ...junk);
    }
  }

  test("by a visitor", async () => {
    const patient = await createChatRig({ limits: { events: { burst: 1e6, refillMs: 1 } } });
    const own = await patient.makeSite();
    const { socket } = await arrive(patient, own.key);
    await fuzz(socket, Object.keys(VISITOR_EVENTS));
    expect((await say(socket, "Still here")).message.text).toBe("Still here");
    await patient.close();
  });

  test("by an agent", async () => {
    const patient = await createChatRig({ limits: { events: { burst: 1e6, refillMs: 1 } } });
    const agent = await patient.makeUser("agent");
    const socket = await connected(patient.agentSocket(agent.cookie));
    await fuzz(socket, Object.keys(AGENT_EVENTS));
    expect(socket.connected).toBe(true);
    await patient.close();
  });

  test.each([1000, 5000, 30_000])("arrays nested %d deep harm nobody else", async (depth) => {
    const bomb = "[".repeat(depth) + "]".repeat(depth);
    const agent = await rig.makeUser("agent");
    const other = await arrive(rig, site.key);
    const lines = [
      ...Object.keys(VISITOR_EVENTS).map((event) => ({ event, open: () => rig.visitorSocket(other.token) })),
      ...Object.keys(AGENT_EVENTS).map((event) => ({ event, open: () => rig.agentSocket(agent.cookie) })),
    ];
    for (const { event, open } of lines) {
      const socket = await connected(open());
      // by hand: no client can even write it
      socket.io.engine.send(`21["${event}",${bomb}]`);
      socket.io.engine.send(`22["${event}",{"conversationId":null,"text":${bomb}}]`);
      const settled = await ask(socket, event, null).catch(() => "line dropped");
      expect([expect.objectContaining({ ok: false }), "line dropped"]).toContainEqual(settled);
    }
    expect((await say(other.socket, "Still here")).message.text).toBe("Still here");
  });

  test("a frame larger than allowed ends the line, and only that line", async () => {
    const [one, other] = [await arrive(rig, site.key), await arrive(rig, site.key)];
    one.socket.emit("message.send", { text: "x".repeat(70 * 1024) });
    await eventually("the line's end", () => one.socket.disconnected);
    expect((await say(other.socket, "Hello")).message.text).toBe("Hello");
  });
});

describe("a visitor who floods", () => {
  test("is told to wait, over all tabs together, and others are not", async () => {
    const strict = await createChatRig({ limits: { messages: { burst: 5, refillMs: 60_000 } } });
    const own = await strict.makeSite();
    const flooder = await arrive(strict, own.key);
    const secondTab = await connected(strict.visitorSocket(flooder.token));
    const input = () => ({ clientId: newId(), conversationId: null, text: "Buy now" });
    const sockets = [flooder.socket, secondTab];
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, i) => ask(sockets[i % 2] ?? secondTab, "message.send", input())),
    );
    expect(replies.filter((reply) => reply.ok)).toHaveLength(5);
    const refused = replies.find((reply) => !reply.ok);
    expect(refused).toMatchObject({
      error: { code: "rate_limited", message: expect.stringMatching(/\d+ seconds?\./) },
    });
    expect((await say((await arrive(strict, own.key)).socket, "Hello")).message.seq).toBe(2);
    await strict.close();
  });
});
