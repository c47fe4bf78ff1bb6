import { describe, expect, test } from "vitest";
import {
  firstUnread,
  lastBeforeGap,
  mergeMessages,
  stillUnsent,
  threadItems,
  type UnsentMessage,
} from "../../sidebar/src/screens/conversation/thread-items.ts";
import { message } from "./wire.ts";

const now = Date.parse("2026-03-02T12:00:00.000Z");
const nothingUnread = { now, unreadFrom: null };

function shapeOf(items: ReturnType<typeof threadItems>): string[] {
  return items.map((item) => (item.type === "group" ? `${item.kind} ${item.messages.length}` : item.type));
}

describe("the thread as it is drawn", () => {
  test("messages of one author within three minutes stand together", () => {
    const soon = new Date(Date.UTC(2026, 2, 2, 10, 2)).toISOString();
    const later = new Date(Date.UTC(2026, 2, 2, 10, 9)).toISOString();
    const messages = [message(1), message(2, { createdAt: soon }), message(3, { createdAt: later })];
    expect(shapeOf(threadItems(messages, nothingUnread))).toEqual(["day", "visitor 2", "visitor 1"]);
  });

  test("a note never joins a reply, and two agents never share a group", () => {
    const messages = [
      message(1, { kind: "agent", authorId: "ana" }),
      message(2, { kind: "note", authorId: "ana" }),
      message(3, { kind: "agent", authorId: "ana" }),
      message(4, { kind: "agent", authorId: "sam" }),
    ];
    const shape = shapeOf(threadItems(messages, nothingUnread));
    expect(shape).toEqual(["day", "agent 1", "note 1", "agent 1", "agent 1"]);
  });

  test("a new day and an event part groups", () => {
    const messages = [
      message(1, { createdAt: "2026-03-01T10:00:00.000Z" }),
      message(2),
      message(3, { kind: "event" }),
      message(4),
    ];
    expect(shapeOf(threadItems(messages, nothingUnread))).toEqual([
      "day",
      "visitor 1",
      "day",
      "visitor 1",
      "event",
      "visitor 1",
    ]);
  });

  test("the unread divider stands before the first unread message", () => {
    const shape = shapeOf(threadItems([message(1), message(2)], { now, unreadFrom: 2 }));
    expect(shape).toEqual(["day", "visitor 1", "unread", "visitor 1"]);
  });

  test("only the visitor's messages are unread", () => {
    const messages = [message(1), message(2, { kind: "agent" }), message(3)];
    expect(firstUnread(messages, 1)).toBe(3);
    expect(firstUnread(messages, 3)).toBeNull();
  });
});

describe("two readings of a thread", () => {
  test("are one thread, each message once, in order", () => {
    const [first, second, third] = [message(1), message(2), message(3)];
    expect(mergeMessages([second, third], [first, second])).toEqual([first, second, third]);
  });

  test("a thread is known up to its first gap: one's own reply may come before what the visitor just wrote", () => {
    expect(lastBeforeGap([])).toBeUndefined();
    expect(lastBeforeGap([message(3), message(4)])).toBe(4);
    expect(lastBeforeGap([message(3), message(4), message(6)])).toBe(4);
  });

  test("a message that arrived is no longer unsent, whichever way it came", () => {
    const sent: UnsentMessage = {
      clientId: "client-1",
      kind: "agent",
      text: "hello",
      createdAt: "2026-03-02T10:00:00.000Z",
      problem: null,
    };
    const stored = message(1, { clientId: "client-1", kind: "agent" });
    expect(stillUnsent([sent, { ...sent, clientId: "client-2" }], [stored])).toEqual([
      { ...sent, clientId: "client-2" },
    ]);
  });
});
