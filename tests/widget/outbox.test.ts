import { afterEach, describe, expect, test } from "vitest";
import { createOutbox, type OutboxEntry, type SendOutcome } from "../../widget/src/app/outbox.ts";
import { createStore } from "../../widget/src/app/store.ts";

afterEach(() => localStorage.clear());

let sites = 0;

/** A browser on a site of its own. `load` is one load of the page: its outbox, and what reached the server from it. */
function browser() {
  const siteKey = `site-${++sites}`;
  return {
    load(answer: (entry: OutboxEntry, attempt: number) => SendOutcome | Promise<SendOutcome>) {
      const store = createStore(siteKey, localStorage);
      store.beginUse();
      const attempts: OutboxEntry[] = [];
      const outbox = createOutbox(
        siteKey,
        store,
        async (entry) => {
          attempts.push(entry);
          return await answer(entry, attempts.length);
        },
        () => {},
      );
      return { outbox, attempts };
    },
  };
}

const stored: SendOutcome = { kind: "stored", conversationId: "conversation-1" };
const later: SendOutcome = { kind: "later" };

describe("the outbox", () => {
  test("survives a reload and is sent again under the same client id", async () => {
    const { load } = browser();
    const before = load(() => later);
    const { clientId } = before.outbox.add("Hello", null);
    await before.outbox.flush();

    const after = load(() => stored);
    await after.outbox.flush();
    expect(after.attempts).toMatchObject([{ clientId, text: "Hello" }]);
    expect(after.outbox.entries()).toEqual([]);
  });

  test("sends one at a time, in the order of writing", async () => {
    let underWay = 0;
    let most = 0;
    const { outbox, attempts } = browser().load(async () => {
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay--;
      return stored;
    });
    for (const text of ["one", "two", "three"]) outbox.add(text, null);
    await Promise.all([outbox.flush(), outbox.flush()]);
    expect(attempts.map(({ text }) => text)).toEqual(["one", "two", "three"]);
    expect(most).toBe(1);
  });

  test("puts what follows into the conversation the first message began", async () => {
    const { outbox, attempts } = browser().load(() => stored);
    outbox.add("one", null);
    outbox.add("two", null);
    await outbox.flush();
    expect(attempts.map(({ conversationId }) => conversationId)).toEqual([null, "conversation-1"]);
  });

  test("keeps everything in order while there is no connection", async () => {
    const { outbox, attempts } = browser().load((_, attempt) => (attempt === 1 ? later : stored));
    outbox.add("one", null);
    outbox.add("two", null);
    await outbox.flush();
    expect(outbox.entries().map(({ text }) => text)).toEqual(["one", "two"]);
    await outbox.flush();
    expect(attempts.map(({ text }) => text)).toEqual(["one", "one", "two"]);
    expect(outbox.entries()).toEqual([]);
  });

  test("keeps a refused message with the reason, does not send it again, and goes on with the next", async () => {
    const { outbox, attempts } = browser().load(({ text }) =>
      text === "bad" ? { kind: "refused", reason: "Too long." } : stored,
    );
    const { clientId } = outbox.add("bad", null);
    outbox.add("good", null);
    await outbox.flush();
    await outbox.flush();
    expect(attempts.map(({ text }) => text)).toEqual(["bad", "good"]);
    expect(outbox.entries()).toMatchObject([{ text: "bad", refused: "Too long." }]);
    expect(outbox.take(clientId)?.text).toBe("bad");
    expect(outbox.entries()).toEqual([]);
  });

  test("does not give back a message that may be on its way", () => {
    const { outbox } = browser().load(() => later);
    expect(outbox.take(outbox.add("waiting", null).clientId)).toBeNull();
  });

  test("begins a new conversation with what was written into one that is over", async () => {
    const { outbox, attempts } = browser().load(({ conversationId }) =>
      conversationId === null ? stored : { kind: "homeless" },
    );
    const { clientId } = outbox.add("one", "ended");
    await outbox.flush();
    expect(attempts).toMatchObject([
      { clientId, conversationId: "ended" },
      { clientId, conversationId: null },
    ]);
    expect(outbox.entries()).toEqual([]);
  });

  test("loses nothing that another tab wrote while an attempt was under way", async () => {
    const { load } = browser();
    const other = load(() => later);
    const { outbox } = load((_, attempt) => {
      if (attempt === 1) other.outbox.add("from the other tab", null);
      return attempt === 1 ? stored : later;
    });
    outbox.add("from this tab", null);
    await outbox.flush();
    expect(outbox.entries().map(({ text }) => text)).toEqual(["from the other tab"]);
  });

  test("ignores what something else put into its place in storage", () => {
    localStorage.setItem(`rolodesk:site-${sites + 1}:outbox`, '[{"text":5},null,"x"]');
    expect(
      browser()
        .load(() => stored)
        .outbox.entries(),
    ).toEqual([]);
  });
});
