import { ConversationDetail, ConversationPage, MessagePage } from "@rolodesk/shared/conversation";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { conversation } from "../../server/db/schema/conversation.ts";
import { endSilentConversations } from "../../server/usecases/conversations/end-silent-conversations.ts";
import { arrive, collect, demand, say } from "../support/chat-client.ts";
import { type Agent, type ChatRig, createChatRig } from "../support/chat-rig.ts";
import { eventually } from "../support/eventually.ts";
import { mint, mintEmail, newId } from "../support/ids.ts";

let rig: ChatRig;
let agent: Agent;
let siteKey: string;

beforeAll(async () => {
  rig = await createChatRig();
});
/** Every test has a site and an agent of its own, and so an inbox of its own. */
beforeEach(async () => {
  const site = await rig.makeSite();
  siteKey = site.key;
  agent = await rig.makeUser("agent", [site.id]);
});
afterAll(() => rig.close());

async function page(query = ""): Promise<ConversationPage> {
  return ConversationPage.parse(await (await agent.request("GET", `/api/conversations${query}`)).json());
}

async function detail(id: string): Promise<ConversationDetail> {
  return ConversationDetail.parse(await (await agent.request("GET", `/api/conversations/${id}`)).json());
}

async function chat(text = "Hello") {
  const visitor = await arrive(rig, siteKey);
  const { conversation: begun } = await say(visitor.socket, text);
  return { ...visitor, id: begun.id };
}

async function post(id: string, action: string, body?: unknown) {
  return await agent.request("POST", `/api/conversations/${id}/${action}`, body);
}

const reply = (text: string, kind = "agent") => ({ clientId: newId(), kind, text });

describe("the list", () => {
  test("has the latest first, page by page, each conversation once", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i += 1) ids.unshift((await chat(`Question ${i}`)).id);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const next: ConversationPage = await page(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...next.items.map(({ id }) => id));
      cursor = next.nextCursor;
    }
    expect(seen).toEqual(ids);
  });

  test("counts what is mine, nobody's and all, and shows what was last written and is unread", async () => {
    const [first, second] = [await chat("First"), await chat("Second")];
    await say(second.socket, "And another thing", second.id);
    await post(first.id, "messages", reply("Hello"));
    const { counts, items } = await page();
    expect(counts).toEqual({ mine: 1, unassigned: 1, all: 2 });
    expect(items.map(({ preview, previewKind, unread }) => [preview, previewKind, unread])).toEqual([
      ["Hello", "agent", 0],
      ["And another thing", "visitor", 2],
    ]);
    expect((await page("?view=mine")).items.map(({ id }) => id)).toEqual([first.id]);
    expect((await page("?view=unassigned")).items.map(({ id }) => id)).toEqual([second.id]);
    expect((await page("?status=ended")).items).toEqual([]);
  });

  test("is searched by name, email, phone and words of messages", async () => {
    const email = mintEmail("ruiz");
    const word = mint("lampshade").replace("-", "");
    const { socket, id } = await chat(`Do you have a ${word} in blue?`);
    await chat("Something else");
    const facts = [
      { field: "firstName", value: "Ana" },
      { field: "lastName", value: "Ruíz-Pérez" },
      { field: "email", value: email },
      { field: "phone", value: "(202) 555-0147" },
    ];
    await demand(socket, "facts.save", { conversationId: id, facts });
    for (const search of [
      "Ana Ruíz",
      "pérez",
      email.slice(0, 12),
      "5550147",
      "+1202",
      word.slice(0, 10),
      `blue ${word}`,
    ]) {
      expect(
        (await page(`?${new URLSearchParams({ search })}`)).items.map((item) => item.id),
        search,
      ).toEqual([id]);
    }
    for (const search of ["nobody", "%", "_____", "*"]) {
      expect((await page(`?${new URLSearchParams({ search })}`)).items, search).toEqual([]);
    }
  });
});

describe("a conversation", () => {
  test("is answered once, however often the answer is sent, and belongs to whoever answered first", async () => {
    const { id } = await chat();
    const body = reply("Good morning");
    const answers = [await post(id, "messages", body), await post(id, "messages", body)];
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
    expect(await answers[0]?.json()).toEqual(await answers[1]?.json());
    expect(await detail(id)).toMatchObject({ assigneeId: agent.me.id, assigneeName: agent.me.name, lastSeq: 4 });
    const { messages } = MessagePage.parse(
      await (await agent.request("GET", `/api/conversations/${id}/messages`)).json(),
    );
    expect(messages.map(({ kind, text }) => [kind, text])).toEqual([
      ["event", "Conversation started"],
      ["visitor", "Hello"],
      ["event", `${agent.me.name} joined`],
      ["agent", "Good morning"],
    ]);
  });

  test("is read page by page in both directions", async () => {
    const { socket, id } = await chat("2");
    for (let i = 3; i <= 8; i += 1) await say(socket, String(i), id);
    const read = async (query: string) => {
      const answer = await agent.request("GET", `/api/conversations/${id}/messages?${query}`);
      const { messages, hasMore } = MessagePage.parse(await answer.json());
      return [messages.map(({ seq }) => seq), hasMore];
    };
    expect(await read("limit=3")).toEqual([[6, 7, 8], true]);
    expect(await read("limit=3&before=6")).toEqual([[3, 4, 5], true]);
    expect(await read("limit=3&before=3")).toEqual([[1, 2], false]);
    expect(await read("limit=3&after=5")).toEqual([[6, 7, 8], false]);
    expect(await read("limit=2&after=5")).toEqual([[6, 7], true]);
  });

  test("remembers how far each side has read, and never goes back", async () => {
    const { socket, id } = await chat();
    const pushed = collect<{ readByAgents: number }>(socket, "conversation");
    expect((await post(id, "read", { seq: 99 })).status).toBe(204);
    await post(id, "read", { seq: 1 });
    expect(await detail(id)).toMatchObject({ readByAgents: 2, unread: 0 });
    await eventually("the visitor to see it", () => pushed.some(({ readByAgents }) => readByAgents === 2));
    await post(id, "messages", reply("Hi"));
    await demand(socket, "conversation.read", { conversationId: id, seq: 4 });
    expect((await detail(id)).readByVisitor).toBe(4);
  });

  test("is given to somebody who serves the site, and to nobody else", async () => {
    const { id } = await chat();
    const stranger = await rig.makeUser("agent", [(await rig.makeSite()).id]);
    expect((await post(id, "assign", { userId: stranger.me.id })).status).toBe(400);
    expect((await post(id, "assign", { userId: "nobody" })).status).toBe(400);
    expect(ConversationDetail.parse(await (await post(id, "assign", { userId: agent.me.id })).json()).assigneeId).toBe(
      agent.me.id,
    );
    expect(ConversationDetail.parse(await (await post(id, "assign", { userId: null })).json()).assigneeId).toBeNull();
  });

  test("ends once, however many end it at the same moment", async () => {
    const { socket, id } = await chat();
    const ended = collect<{ status: string; endedBy: string }>(socket, "conversation");
    const [answers] = await Promise.all([
      Promise.all([post(id, "end"), post(id, "end"), post(id, "end")]),
      demand(socket, "conversation.end", { conversationId: id }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [row] = await rig.db.select().from(conversation).where(eq(conversation.id, id));
    expect(row).toMatchObject({ status: "ended", closeCount: 1, lastSeq: 3 });
    await eventually("the visitor to see it", () => ended.some(({ status }) => status === "ended"));
    expect((await post(id, "messages", reply("Too late"))).status).toBe(409);
    expect((await post(id, "messages", reply("For us", "note"))).status).toBe(201);
  });

  test("is reopened, unless its visitor has begun another", async () => {
    const { socket, id } = await chat();
    await post(id, "end");
    expect(ConversationDetail.parse(await (await post(id, "reopen")).json()).status).toBe("open");
    await post(id, "end");
    expect((await detail(id)).endedBy).toBe("agent");
    await say(socket, "Something new");
    expect((await post(id, "reopen")).status).toBe(409);
    const [row] = await rig.db.select().from(conversation).where(eq(conversation.id, id));
    expect(row?.closeCount).toBe(2);
  });

  test("ends by itself when nobody writes for as long as its site allows, and not before", async () => {
    const [quiet, busy] = [await chat(), await chat()];
    rig.advance(29 * 60_000);
    await say(busy.socket, "Still there", busy.id);
    await endSilentConversations(rig.deps);
    expect((await detail(quiet.id)).status).toBe("open");
    rig.advance(61_000);
    await endSilentConversations(rig.deps);
    expect(await detail(quiet.id)).toMatchObject({ status: "ended", endedBy: "silence" });
    expect((await detail(busy.id)).status).toBe("open");
  });
});
