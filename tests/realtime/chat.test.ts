import type { Message } from "@rolodesk/shared/message";
import { type Site, WidgetConfig } from "@rolodesk/shared/site";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { arrive, ask, collect, connected, demand, type Sent, say } from "../support/chat-client.ts";
import { type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { newId } from "../support/ids.ts";

let rig: ChatRig;
let site: Site;

beforeAll(async () => {
  rig = await createChatRig({
    limits: { messages: { burst: 10_000, refillMs: 1 }, events: { burst: 10_000, refillMs: 1 } },
  });
  site = await rig.makeSite();
});
afterEach(() => rig.hangUp());
afterAll(() => rig.close());

describe("a visitor's message", () => {
  test("begins a conversation and is numbered after its first line", async () => {
    const { socket } = await arrive(rig, site.key);
    const { message, conversation } = await say(socket, "  Hello  ");
    expect(message).toMatchObject({ kind: "visitor", seq: 2, text: "Hello", conversationId: conversation.id });
    expect(conversation).toMatchObject({ status: "open", lastSeq: 2, readByVisitor: 2, readByAgents: 0 });
  });

  test("sent again is the same message, also when the answer to its beginning was lost", async () => {
    const { socket } = await arrive(rig, site.key);
    const clientId = newId();
    const [first, again, named] = [
      await say(socket, "Once", null, clientId),
      await say(socket, "Once", null, clientId),
      await say(socket, "Once", (await say(socket, "Once", null, clientId)).conversation.id, clientId),
    ];
    expect(again.message).toEqual(first.message);
    expect(named.message).toEqual(first.message);
    const { messages } = await resume(socket, first.conversation.id);
    expect(messages.filter(({ kind }) => kind === "visitor")).toHaveLength(1);
  });

  test("sent ten times at once is one message in one conversation", async () => {
    const visitor = await arrive(rig, site.key);
    const others = await Promise.all([1, 2, 3].map(() => connected(rig.visitorSocket(visitor.token))));
    const clientId = newId();
    const sockets = [visitor.socket, ...others];
    const sent = await Promise.all(
      Array.from({ length: 10 }, (_, i) => say(sockets[i % sockets.length] ?? visitor.socket, "Once", null, clientId)),
    );
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1);
    const id = sent[0]?.conversation.id ?? "";
    const known = await Promise.all(
      sockets.map((socket) => say(socket, "Twice", id, "0198a0a0-0000-7000-8000-000000000001")),
    );
    expect(new Set(known.map(({ message }) => message.seq))).toEqual(new Set([3]));
  });

  test("of 200 at once keeps the numbers without a gap, and two tabs see the same order", async () => {
    const visitor = await arrive(rig, site.key);
    const other = await connected(rig.visitorSocket(visitor.token));
    const [here, there] = [collect<Message>(visitor.socket, "message"), collect<Message>(other, "message")];
    const first = await say(visitor.socket, "First");
    const { id } = first.conversation;
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, i) => say(i % 2 ? other : visitor.socket, `Message ${i}`, id)),
    );
    expect(sent.map(({ message }) => message.seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 3),
    );
    // each tab is told what the other sent, and reads its own in the answers
    await eventually("both tabs to have all", () => here.length === 101 && there.length === 102);
    const mine = (tab: number) => sent.filter((_, i) => i % 2 === tab).map(({ message }) => message);
    const order = (list: Message[]) => [...list].sort((a, b) => a.seq - b.seq).map((message) => message.id);
    const shown = order([first.message, ...here, ...mine(0)]);
    expect(order([...there, ...mine(1)])).toEqual(shown);
    expect((await resume(other, id)).messages.map((message) => message.id)).toEqual(shown.slice(0, 200));
  });

  test("to an ended conversation begins a new one", async () => {
    const { socket } = await arrive(rig, site.key);
    const { conversation } = await say(socket, "Hello");
    await demand(socket, "conversation.end", { conversationId: conversation.id });
    const next = await say(socket, "One more thing", conversation.id);
    expect(next.conversation.id).not.toBe(conversation.id);
    expect(next.message.seq).toBe(2);
  });

  test("that is too long is refused with the limit in words", async () => {
    const { socket } = await arrive(rig, site.key);
    const reply = await ask<Sent>(socket, "message.send", {
      clientId: newId(),
      conversationId: null,
      text: "x".repeat(4001),
    });
    expect(reply).toMatchObject({ ok: false, error: { code: "bad_request", fields: { text: expect.any(String) } } });
    expect(!reply.ok && reply.error.message).toContain("4000");
  });
});

test("text that no database can hold is refused, not stumbled over", async () => {
  const { socket } = await arrive(rig, site.key);
  const reply = await ask(socket, "message.send", { clientId: newId(), conversationId: null, text: "a\u0000b" });
  expect(reply).toMatchObject({ ok: false, error: { code: "bad_request" } });
  expect((await say(socket, "lone \ud800 surrogate")).message.seq).toBe(2);
});

test("a visitor who was away is told exactly what they missed, without the notes", async () => {
  const agent = await rig.makeUser("agent");
  const { socket, token } = await arrive(rig, site.key);
  const { conversation, message } = await say(socket, "Anybody there?");
  socket.disconnect();
  const path = `/api/conversations/${conversation.id}/messages`;
  await agent.request("POST", path, { clientId: newId(), kind: "agent", text: "Yes" });
  await agent.request("POST", path, { clientId: newId(), kind: "note", text: "Sounds impatient" });
  await agent.request("POST", path, { clientId: newId(), kind: "agent", text: "How can I help?" });

  const back = await connected(rig.visitorSocket(token));
  const missed = await resume(back, conversation.id, message.seq);
  expect(missed.messages.map(({ kind, text }) => [kind, text])).toEqual([
    ["event", `${agent.me.name} joined`],
    ["agent", "Yes"],
    ["agent", "How can I help?"],
  ]);
  expect(missed.messages.map(({ seq }) => seq)).toEqual([3, 4, 6]);
});

test("an agent hears of a message at once, reads it, answers, and the visitor has the answer", async () => {
  const agent = await rig.makeUser("agent", [site.id]);
  const line = await connected(rig.agentSocket(agent.cookie));
  const changes = collect<{ kind: string; conversationId: string }>(line, "changed");
  const { socket } = await arrive(rig, site.key);
  const pushed = collect<Message>(socket, "message");
  const { conversation } = await say(socket, "Hello");
  await eventually("the news", () => changes.some((change) => change.conversationId === conversation.id));

  const answer = await agent.request("POST", `/api/conversations/${conversation.id}/messages`, {
    clientId: newId(),
    kind: "agent",
    text: "Good morning",
  });
  expect(answer.status).toBe(201);
  await eventually("the answer", () => pushed.some(({ text }) => text === "Good morning"));

  const note = { clientId: newId(), kind: "note", text: "VIP" };
  await agent.request("POST", `/api/conversations/${conversation.id}/messages`, note);
  await say(socket, "Thanks", conversation.id);
  await agent.request("POST", `/api/conversations/${conversation.id}/messages`, {
    clientId: newId(),
    kind: "agent",
    text: "You are welcome",
  });
  await eventually("the last answer", () => pushed.some(({ text }) => text === "You are welcome"));
  expect(pushed.filter(({ kind }) => kind === "note")).toEqual([]);
});

test("an agent hears of every message of many who write at the same moment", async () => {
  const agent = await rig.makeUser("agent", [site.id]);
  const line = await connected(rig.agentSocket(agent.cookie));
  const changes = collect<{ kind: string; id: string }>(line, "changed");
  const visitors = await Promise.all(Array.from({ length: 40 }, () => arrive(rig, site.key)));
  const begun = await Promise.all(visitors.map(({ socket }) => say(socket, "Hello")));
  const sent = await Promise.all(
    visitors.flatMap(({ socket }, i) =>
      ["One", "Two", "Three"].map((text) => say(socket, text, begun[i]?.conversation.id ?? null)),
    ),
  );
  await eventually("the news of all", () => {
    const heard = new Set(changes.map(({ id }) => id));
    return sent.every(({ message }) => heard.has(message.id));
  });
  const numbers = sent.map(({ message }) => `${message.text} ${message.seq}`);
  expect(new Set(numbers)).toEqual(new Set(["One 3", "Two 4", "Three 5"]));
});

test("typing and presence reach those who look at the conversation, and nobody else", async () => {
  const [watching, elsewhere] = [await rig.makeUser("agent"), await rig.makeUser("agent")];
  const [line, other] = [
    await connected(rig.agentSocket(watching.cookie)),
    await connected(rig.agentSocket(elsewhere.cookie)),
  ];
  const { socket } = await arrive(rig, site.key);
  const { conversation } = await say(socket, "Hello");
  const conversationId = conversation.id;
  expect(await demand(line, "watch", { conversationId })).toEqual({ visitorOnline: true });

  const [seen, unseen] = [collect(line, "typing"), collect(other, "typing")];
  const seenByVisitor = collect<{ name: string }>(socket, "typing");
  socket.emit("typing", { conversationId, on: true });
  line.emit("typing", { conversationId, on: true });
  other.emit("typing", { conversationId, on: true });
  await eventually("typing both ways", () => seen.length === 1 && seenByVisitor.length === 1);
  expect(seenByVisitor[0]?.name).toBe(watching.me.name);

  const presence = collect<{ online: boolean }>(line, "visitor.presence");
  socket.disconnect();
  await eventually("the visitor's leaving", () => presence.some(({ online }) => !online));
  expect(unseen).toEqual([]);
  expect(seenByVisitor).toHaveLength(1);
});

test("a visitor learns when somebody is there to answer", async () => {
  await eventually("everybody to be away", async () => {
    const answer = await fetch(`${rig.url}/widget/api/sites/${site.key}`);
    return !WidgetConfig.parse(await answer.json()).agentsOnline;
  });
  const socket = rig.visitorSocket((await rig.visit(site.key)).token);
  const presence = collect<{ agentsOnline: boolean }>(socket, "presence");
  await eventually("the first word", () => presence.length > 0);
  expect(presence).toEqual([{ agentsOnline: false }]);

  const [mine, other] = [
    await rig.makeUser("agent", [site.id]),
    await rig.makeUser("agent", [(await rig.makeSite()).id]),
  ];
  await connected(rig.agentSocket(other.cookie));
  await connected(rig.agentSocket(mine.cookie));
  await eventually("somebody", () => presence.length > 1);
  expect(presence.slice(1)).toEqual([{ agentsOnline: true }]);
});

async function resume(socket: Awaited<ReturnType<typeof connected>>, conversationId: string, afterSeq = 0) {
  return await demand<{ messages: Message[]; hasMore: boolean }>(socket, "conversation.resume", {
    conversationId,
    afterSeq,
  });
}
