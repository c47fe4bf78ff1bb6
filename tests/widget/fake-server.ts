import type { VisitorConversation } from "@rolodesk/shared/conversation";
import type { Message } from "@rolodesk/shared/message";
import { vi } from "vitest";
import { conversationWith, messageWith } from "./support.ts";

type Handler = (input: Record<string, unknown>) => unknown;

/** One open socket of the page, as the server sees it. */
interface Line {
  token: string;
  push(name: string, payload: unknown): void;
  /** Any text frame at all. */
  raw(frame: string): void;
  drop(): void;
}

/**
 * A server in memory behind `fetch` and `WebSocket`, with one visitor and one conversation at a time. Frames are
 * written out by hand from the protocols' documents, not with the widget's own encoder.
 */
export function fakeServer() {
  const messages: Message[] = [];
  const requests: { method: string; bearer: string | null; body: Record<string, unknown> }[] = [];
  const asked: { event: string; input: Record<string, unknown> }[] = [];
  const lines: Line[] = [];
  const tokens = new Set<string>();
  let conversation: VisitorConversation | null = null;
  let reachable = true;
  const handlers: Record<string, Handler> = {
    "message.send": send,
    "conversation.resume": resume,
    "attributes.set": () => ok({}),
    "conversation.read": () => ok({}),
  };

  function ok(data: unknown) {
    return { ok: true, data };
  }

  function begin(fields: Partial<VisitorConversation> = {}): VisitorConversation {
    conversation = conversationWith(fields);
    messages.length = 0;
    return conversation;
  }

  function store(fields: Partial<Message>): Message {
    const known = messages.find((message) => message.clientId === fields.clientId);
    if (known) return known;
    const current = conversation ?? begin();
    const message = messageWith({ conversationId: current.id, seq: messages.length + 1, ...fields });
    messages.push(message);
    conversation = { ...current, lastSeq: message.seq };
    return message;
  }

  function send({ clientId, text }: Record<string, unknown>) {
    const message = store({ clientId: String(clientId), text: String(text), kind: "visitor" });
    return ok({ message, conversation });
  }

  /** Pages of two, so that catching up needs several. */
  function resume({ conversationId, afterSeq }: Record<string, unknown>) {
    if (conversationId !== conversation?.id) return { ok: false, error: { code: "not_found", message: "Not here." } };
    const rest = messages.filter((message) => message.seq > Number(afterSeq));
    return ok({ conversation, messages: rest.slice(0, 2), hasMore: rest.length > 2 });
  }

  vi.stubGlobal(
    "fetch",
    async (_url: string, init: { method: string; headers: Record<string, string>; body?: string }) => {
      if (!reachable) throw new TypeError("fetch failed");
      const bearer = init.headers.authorization?.slice("Bearer ".length) ?? null;
      requests.push({ method: init.method, bearer, body: JSON.parse(init.body ?? "{}") });
      if (bearer !== null && !tokens.delete(bearer)) return new Response("{}", { status: 401 });
      if (init.method === "DELETE") return new Response(null, { status: 204 });
      const token = `token-${requests.length}`;
      tokens.add(token);
      const identity = { state: "anonymous", firstName: null, lastName: null, email: null, phone: null };
      const openConversationId = bearer !== null && conversation?.status === "open" ? conversation.id : null;
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      return Response.json({ token, expiresAt, visitorId: "visitor", identity, openConversationId });
    },
  );

  class FakeWebSocket {
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: (() => void) | null = null;
    line: Line | null = null;

    constructor() {
      queueMicrotask(() => {
        if (reachable)
          this.receive('0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":65536}');
        else this.onclose?.();
      });
    }

    receive(frame: string): void {
      this.onmessage?.({ data: frame });
    }

    send(frame: string): void {
      queueMicrotask(() => {
        if (frame.startsWith("40")) this.connect(JSON.parse(frame.slice(2)).token);
        const [, id = "", json] = /^42(\d*)(\[.*\])$/s.exec(frame) ?? [];
        if (json) this.answer(id, JSON.parse(json));
      });
    }

    connect(token: string): void {
      if (!tokens.has(token)) {
        this.receive('44{"message":"unauthenticated"}');
        return;
      }
      this.line = {
        token,
        push: (name, payload) => this.receive(`42${JSON.stringify([name, payload])}`),
        raw: (frame) => this.receive(frame),
        drop: () => this.close(),
      };
      lines.push(this.line);
      this.receive('40{"sid":"b"}');
    }

    answer(id: string, [event, input]: [string, Record<string, unknown>]): void {
      asked.push({ event, input });
      const reply = handlers[event]?.(input);
      if (id && reply !== undefined) this.receive(`43${id}${JSON.stringify([reply])}`);
    }

    close(): void {
      const at = this.line ? lines.indexOf(this.line) : -1;
      if (at >= 0) lines.splice(at, 1);
      this.onclose?.();
    }
  }
  vi.stubGlobal("WebSocket", FakeWebSocket);

  return {
    messages,
    requests,
    asked,
    lines,
    tokens,
    begin,
    /** Stores a message without telling anybody. */
    store,
    /** Replaces the answer to an event; answering `undefined` leaves it unanswered. */
    on(event: string, handler: Handler): void {
      handlers[event] = handler;
    },
    send,
    conversation: () => conversation,
    push(name: string, payload: unknown): void {
      for (const line of [...lines]) line.push(name, payload);
    },
    setReachable(next: boolean): void {
      reachable = next;
      if (!next) for (const line of [...lines]) line.drop();
    },
  };
}
