import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bubblesOf, unreadCount } from "../../widget/src/app/bubbles.ts";
import {
  type ConversationEvent,
  type ConversationState,
  initialState,
  reduceConversation,
} from "../../widget/src/app/conversation-state.ts";
import type { OutboxEntry } from "../../widget/src/app/outbox.ts";
import { conversationWith, messageWith } from "./support.ts";

const { id: conversationId } = conversationWith();

function after(...events: ConversationEvent[]): ConversationState {
  return events.reduce(reduceConversation, initialState(true));
}

function entry(clientId: string, refused: string | null = null): OutboxEntry {
  return { clientId, conversationId, text: clientId, at: "2026-03-02T10:00:00.000Z", refused };
}

describe("any interleaving of events", () => {
  /** What one conversation of seven messages can bring, own ones through the outbox as well as from the server. */
  const messages = [1, 2, 4, 5, 7, 8, 9].map((seq) => messageWith({ seq, kind: seq % 3 === 0 ? "agent" : "visitor" }));
  const anyEvent: fc.Arbitrary<ConversationEvent> = fc.oneof(
    fc.subarray(messages).map((some): ConversationEvent => ({ type: "messages", messages: some })),
    fc
      .subarray(messages)
      .map((some): ConversationEvent => ({ type: "outbox", entries: some.map((message) => entry(message.clientId)) })),
    fc
      .record({ lastSeq: fc.nat(9), readByAgents: fc.nat(9), readByVisitor: fc.nat(9) })
      .map((fields): ConversationEvent => ({ type: "conversation", conversation: conversationWith(fields) })),
    fc.nat(9).map((seq): ConversationEvent => ({ type: "caught-up", conversationId, seq })),
  );
  const begun: ConversationEvent = { type: "conversation", conversation: conversationWith() };

  test("gives one bubble per client id, stored ones first and by seq", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const bubbles = bubblesOf(after(begun, ...events));
        expect(new Set(bubbles.map((bubble) => bubble.clientId)).size).toBe(bubbles.length);
        const order = bubbles.map((bubble) => bubble.seq ?? Number.POSITIVE_INFINITY);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });

  test("gives the same messages and marks in whatever order and however often they come", () => {
    const anyRun = fc.array(anyEvent).chain((events) =>
      fc.record({
        events: fc.constant(events),
        shuffled: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(anyRun, ({ events, shuffled }) => {
        const [one, other] = [after(begun, ...events), after(begun, ...shuffled)];
        expect(other.messages).toEqual(one.messages);
        expect(other.conversation).toEqual(one.conversation);
      }),
    );
  });

  test("never skips what is not known: everything up to the cursor came or was declared absent", () => {
    fc.assert(
      fc.property(fc.array(fc.subarray(messages)), (parts) => {
        const state = after(begun, ...parts.map((some): ConversationEvent => ({ type: "messages", messages: some })));
        for (let seq = 1; seq <= state.cursor; seq++) {
          expect(state.messages.some((message) => message.seq === seq)).toBe(true);
        }
      }),
    );
  });
});

describe("ticks of an own message", () => {
  const begun: ConversationEvent = { type: "conversation", conversation: conversationWith() };
  const stored: ConversationEvent = { type: "messages", messages: [messageWith({ seq: 1, clientId: "mine" })] };
  const read: ConversationEvent = { type: "conversation", conversation: conversationWith({ readByAgents: 1 }) };

  test.each([
    ["sending", [{ type: "outbox", entries: [entry("mine")] }]],
    ["failed", [{ type: "outbox", entries: [entry("mine", "Too long.")] }]],
    ["sent", [stored]],
    ["sent", [{ type: "outbox", entries: [entry("mine")] }, stored]],
    ["seen", [stored, read]],
    ["seen", [read, stored]],
  ] satisfies [string, ConversationEvent[]][])("%s", (tick, events) => {
    expect(bubblesOf(after(begun, ...events)).map((bubble) => bubble.tick)).toEqual([tick]);
  });

  test("a refused message keeps its text and says why", () => {
    const [bubble] = bubblesOf(after(begun, { type: "outbox", entries: [entry("mine", "Too long.")] }));
    expect(bubble).toMatchObject({ text: "mine", reason: "Too long." });
  });
});

describe("conversations", () => {
  const first = conversationWith({ id: "01900000-0000-7000-8000-000000000001" });
  const second = conversationWith({ id: "01900000-0000-7000-8000-000000000002" });

  test("a late event of the conversation left behind does not bring it back", () => {
    const state = after(
      { type: "conversation", conversation: first },
      { type: "left" },
      { type: "conversation", conversation: { ...first, status: "ended" } },
    );
    expect(state.conversation).toBeNull();
  });

  test("a later conversation, begun in another tab, takes the place of the former", () => {
    const state = after(
      { type: "conversation", conversation: first },
      { type: "messages", messages: [messageWith()] },
      { type: "conversation", conversation: second },
    );
    expect(state.conversation?.id).toBe(second.id);
    expect(state.messages).toEqual([]);
  });

  test("messages of another conversation are not mixed in", () => {
    const state = after(
      { type: "conversation", conversation: second },
      { type: "messages", messages: [messageWith({ conversationId: first.id })] },
    );
    expect(state.messages).toEqual([]);
  });

  test("when the session has another conversation, even an older one can be taken up", () => {
    const state = after(
      { type: "conversation", conversation: second },
      { type: "replaced" },
      { type: "conversation", conversation: first },
    );
    expect(state.conversation?.id).toBe(first.id);
  });

  test("after the session's end nothing of it is left", () => {
    const state = after(
      { type: "identity", identity: { ...initialState(true).identity, state: "verified", firstName: "Ana" } },
      { type: "conversation", conversation: first },
      { type: "messages", messages: [messageWith()] },
      { type: "forgotten" },
    );
    expect(state).toEqual({ ...initialState(true), leftId: first.id });
  });
});

test("an agent's message ends their typing", () => {
  const typing: ConversationEvent = { type: "typing", conversationId, name: "Sam" };
  const begun: ConversationEvent = { type: "conversation", conversation: conversationWith() };
  expect(after(begun, typing).typing).toBe("Sam");
  expect(after(begun, typing, { type: "messages", messages: [messageWith({ kind: "agent" })] }).typing).toBeNull();
});

test("unread are the agents' messages after the last one the visitor saw", () => {
  const messages = [1, 2, 3, 4].map((seq) => messageWith({ seq, kind: seq === 3 ? "event" : "agent" }));
  const state = after(
    { type: "conversation", conversation: conversationWith({ readByVisitor: 1 }) },
    { type: "messages", messages },
  );
  expect(unreadCount(state)).toBe(2);
});

test("an agent's note that slipped through is not shown", () => {
  const state = after(
    { type: "conversation", conversation: conversationWith() },
    { type: "messages", messages: [messageWith({ kind: "note" })] },
  );
  expect(bubblesOf(state)).toEqual([]);
});
