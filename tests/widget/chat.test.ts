import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { bubblesOf } from "../../widget/src/app/bubbles.ts";
import { createChat } from "../../widget/src/app/chat.ts";
import { createStore } from "../../widget/src/app/store.ts";
import { eventually } from "../support/eventually.ts";
import { fakeServer } from "./fake-server.ts";
import { conversationWith, messageWith } from "./support.ts";

let siteKey = "";
let sites = 0;
let server: ReturnType<typeof fakeServer>;

beforeEach(() => {
  siteKey = `site-${++sites}`;
  server = fakeServer();
});

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

/** One load of the page. */
function load() {
  const store = createStore(siteKey, localStorage);
  const page = { url: "https://shop.example.com/", title: "Shop", referrer: "" };
  const chat = createChat({ siteKey, store, agentsOnline: true, page });
  const bubbles = () => bubblesOf(chat.state.get());
  return {
    chat,
    bubbles,
    texts: () => bubbles().map(({ text }) => text),
    sent: () => eventually("the message to be sent", () => bubbles().length > 0 && bubbles().every(isSent)),
    online: () => eventually("the connection", () => chat.state.get().link === "on"),
  };
}

function isSent({ tick }: { tick: string | null }): boolean {
  return tick === "sent" || tick === "seen" || tick === null;
}

describe("before the first use", () => {
  test("nothing is stored and the server is not asked for anything", () => {
    const { chat } = load();
    chat.setAttributes({ plan: "gold" });
    chat.setPage({ url: "https://shop.example.com/cart", title: "Cart", referrer: "" });
    expect(localStorage).toHaveLength(0);
    expect(server.requests).toEqual([]);
    expect(chat.state.get().link).toBe("off");
  });

  test("attributes wait for the first message and then go with it", async () => {
    const { chat, sent } = load();
    chat.setAttributes({ plan: "gold" });
    chat.send("Hello");
    await sent();
    expect(server.asked.find(({ event }) => event === "attributes.set")?.input.attributes).toEqual({ plan: "gold" });
  });
});

describe("a message", () => {
  test("is shown at once, and is the server's when it says so", async () => {
    const { chat, bubbles, sent } = load();
    chat.send("Hello");
    expect(bubbles()).toMatchObject([{ text: "Hello", tick: "sending" }]);
    await sent();
    expect(bubbles()).toMatchObject([{ text: "Hello", seq: 1 }]);
  });

  test("whose acknowledgement is lost is stored and shown once", async () => {
    const { chat, texts, sent } = load();
    server.on("message.send", (input) => {
      server.on("message.send", server.send);
      server.send(input);
      for (const line of server.lines) line.drop();
      return undefined;
    });
    chat.send("Hello");
    await sent();
    expect(server.messages.map(({ text }) => text)).toEqual(["Hello"]);
    expect(texts()).toEqual(["Hello"]);
  });

  test("written without a network waits, survives a reload, and arrives in order", async () => {
    server.setReachable(false);
    const before = load();
    before.chat.send("one");
    before.chat.send("two");
    expect(load().texts()).toEqual(["one", "two"]);

    server.setReachable(true);
    await before.sent();
    expect(server.messages.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  test("after the browser lost its network waits for the next connection, not for the server's silence", async () => {
    const { chat, sent, online, texts } = load();
    chat.send("before");
    await sent();
    window.dispatchEvent(new Event("offline"));
    expect(chat.state.get().link).toBe("connecting");
    chat.send("meanwhile");
    window.dispatchEvent(new Event("online"));
    await online();
    await sent();
    expect(texts()).toEqual(["before", "meanwhile"]);
  });

  test("the server refuses for good keeps its text and the reason, and can be taken back", async () => {
    server.on("message.send", () => ({ ok: false, error: { code: "too_large", message: "Send it in parts." } }));
    const { chat, bubbles } = load();
    chat.send("a very long story");
    const refused = await eventually("the refusal", () => bubbles().find(({ tick }) => tick === "failed"));
    expect(refused).toMatchObject({ text: "a very long story", reason: "Send it in parts." });
    expect(chat.takeBack(refused.clientId)).toBe("a very long story");
    expect(bubbles()).toEqual([]);
  });

  test("written into a conversation that ended meanwhile begins a new one", async () => {
    const { chat, sent, texts } = load();
    chat.send("first");
    await sent();
    server.on("message.send", (input) => {
      if (input.conversationId !== null) return { ok: false, error: { code: "conflict", message: "It ended." } };
      server.begin({ id: "01900000-0000-7000-8000-000000000009" });
      return server.send(input);
    });
    chat.send("second");
    await eventually("the new conversation", () => texts().join() === "second");
    expect(chat.state.get().conversation?.id).toBe("01900000-0000-7000-8000-000000000009");
  });
});

describe("after a lost connection", () => {
  test("everything missed is fetched, page by page, once and in order", async () => {
    const { chat, sent, texts } = load();
    chat.send("Hello");
    await sent();
    server.setReachable(false);
    for (const text of ["1", "2", "3", "4", "5"]) server.store({ clientId: text, text, kind: "agent" });
    server.setReachable(true);
    await eventually("the missed messages", () => texts().length === 6);
    expect(texts()).toEqual(["Hello", "1", "2", "3", "4", "5"]);
  });

  test("a push that was lost on the way is noticed by the conversation's last number", async () => {
    const { chat, sent, texts } = load();
    chat.send("Hello");
    await sent();
    server.store({ clientId: "lost", text: "lost push", kind: "agent" });
    server.push("conversation", server.conversation());
    await eventually("the lost message", () => texts().includes("lost push"));
  });
});

describe("the session", () => {
  test("is resumed after a reload, with its conversation", async () => {
    const first = load();
    first.chat.send("Hello");
    await first.sent();
    const again = load();
    await eventually("the conversation", () => again.texts().join() === "Hello");
    expect(server.requests).toHaveLength(1);
  });

  test("whose token is refused is opened anew without losing what was written", async () => {
    const first = load();
    first.chat.send("Hello");
    await first.sent();
    server.tokens.clear();
    for (const line of [...server.lines]) line.drop();
    first.chat.send("still here");
    await eventually("the message", () => server.messages.some(({ text }) => text === "still here"));
  });

  test("that the server ended leaves nothing of it on the screen", async () => {
    const { chat, sent, texts } = load();
    chat.send("Hello");
    await sent();
    server.push("session.ended", undefined);
    await eventually("an empty log", () => texts().length === 0);
    expect(chat.state.get()).toMatchObject({ conversation: null, link: "off", identity: { state: "anonymous" } });
  });

  test("logged out of is ended on the server and forgotten here", async () => {
    const { chat, sent } = load();
    chat.send("Hello");
    await sent();
    chat.logOut();
    await eventually("the end of the session", () => server.tokens.size === 0);
    expect(localStorage).toHaveLength(0);
    expect(chat.state.get().conversation).toBeNull();
    expect(server.lines).toEqual([]);
  });

  test("signed in with the same token twice asks the server once", async () => {
    const { chat, online } = load();
    chat.identify("a.b.c");
    chat.identify("a.b.c");
    await online();
    expect(server.requests.map(({ body }) => body.identityToken)).toEqual(["a.b.c"]);
  });
});

describe("pushes", () => {
  test("of a later conversation, begun in another tab, bring it here", async () => {
    const { chat, sent, texts } = load();
    chat.send("Hello");
    await sent();
    const later = server.begin({ id: "01900000-0000-7000-8000-000000000005" });
    const message = server.store({ clientId: "tab", text: "from the other tab", conversationId: later.id });
    server.push("message", message);
    await eventually("the other tab's message", () => texts().join() === "from the other tab");
  });

  test("of any shape harm nothing", async () => {
    const { chat, sent, texts } = load();
    chat.send("Hello");
    await sent();
    const name = fc.constantFrom(
      "message",
      "conversation",
      "typing",
      "presence",
      "__proto__",
      "constructor",
      "toString",
    );
    const anyJson = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((seq) => ({ ...messageWith(), seq })),
      fc.jsonValue().map((lastSeq) => ({ ...conversationWith(), lastSeq })),
    );
    fc.assert(fc.property(name, anyJson, (event, payload) => server.push(event, payload)));
    fc.assert(fc.property(fc.string(), (frame) => frame === "1" || server.lines[0]?.raw(`9${frame}`)));
    for (const frame of ["", "4", "42", "42[", "42{}", "42[5]", "43", "43x[]", "439[{}]", "45-[1]", "b64"]) {
      server.lines[0]?.raw(frame);
    }
    expect(texts()).toContain("Hello");
  });
});
