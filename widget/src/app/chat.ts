import type { ApiError } from "@rolodesk/shared/api-error";
import type { FactInput, PageContext, VisitorAttributes, VisitorSession } from "@rolodesk/shared/visitor";
import { VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { catchUp } from "./catch-up.ts";
import {
  type ConversationEvent,
  type ConversationState,
  initialState,
  reduceConversation,
} from "./conversation-state.ts";
import { type Observable, observable } from "./observable.ts";
import { createOutbox, type OutboxEntry, type SendOutcome } from "./outbox.ts";
import { createPushHandler } from "./pushes.ts";
import { readSendAnswer } from "./send-answer.ts";
import { createSessions } from "./session.ts";
import { createSocket } from "./socket.ts";
import type { Store } from "./store.ts";
import { createTokenSource } from "./token-source.ts";
import { isConversation, isIdentity } from "./wire-shapes.ts";

/** The conversation with the server. One per frame. */
export interface Chat {
  state: Observable<ConversationState>;
  send(text: string): void;
  /** Takes back a refused message, for editing. Null when it is no longer there. */
  takeBack(clientId: string): string | null;
  /** Resolves whether the server heard it. */
  end(): Promise<boolean>;
  startNew(): void;
  /** Null: saved. Else what is wrong, or `lost` when the server was not reached. */
  saveFacts(facts: FactInput[]): Promise<ApiError | "lost" | null>;
  /** The visitor has everything before their eyes. */
  markRead(): void;
  typing(on: boolean): void;
  identify(token: string): void;
  logOut(): void;
  setAttributes(attributes: VisitorAttributes): void;
  setPage(page: PageContext): void;
}

interface ChatSetup {
  siteKey: string;
  store: Store;
  agentsOnline: boolean;
  page: PageContext;
}

const BUSY_RETRY_MS = 3000;

export function createChat({ siteKey, store, agentsOnline, page }: ChatSetup): Chat {
  const state = observable(initialState(agentsOnline));
  const sessions = createSessions(siteKey, store, `${location.origin}/widget/api/sessions`);
  const tokens = createTokenSource(sessions, adopt);
  const outbox = createOutbox(siteKey, store, attempt, showOutbox);
  const attributes: VisitorAttributes = {};
  let identityToken: string | null = null;
  let renewal: ReturnType<typeof setTimeout> | undefined;

  const socket = createSocket(`${location.origin.replace(/^http/, "ws")}${VISITOR_SOCKET_PATH}/`, {
    token: tokens.token,
    tokenRefused: tokens.refused,
    connected: () => void connected(),
    lost: () => dispatch({ type: "link", link: "connecting" }),
    pushed: createPushHandler({
      state,
      dispatch,
      catchUp: (id) => void resume(id),
      sessionEnded: () => void sessionEnded(),
    }),
  });

  function dispatch(event: ConversationEvent): void {
    const before = state.get();
    const after = reduceConversation(before, event);
    state.set(after);
    const { conversation } = after;
    if (
      conversation &&
      (conversation.id !== before.conversation?.id || conversation.status !== before.conversation.status)
    )
      sessions.remember(conversation.status === "open" ? conversation.id : null);
  }

  function showOutbox(): void {
    dispatch({ type: "outbox", entries: outbox.entries() });
  }

  function connect(): void {
    if (state.get().link === "off") dispatch({ type: "link", link: "connecting" });
    socket.open();
  }

  async function connected(): Promise<void> {
    dispatch({ type: "link", link: "on" });
    clearTimeout(renewal);
    renewal = setTimeout(socket.restart, tokens.renewAfter());
    sendContext();
    const id = state.get().conversation?.id ?? sessions.current()?.openConversationId;
    if (id) await resume(id);
    await outbox.flush();
  }

  /** A session new to this tab: its identity, and its conversation where it has another one. */
  function adopt({ identity, openConversationId }: VisitorSession): void {
    dispatch({ type: "identity", identity });
    const { conversation } = state.get();
    if (conversation?.status === "open" && conversation.id !== openConversationId) dispatch({ type: "replaced" });
  }

  async function sessionEnded(): Promise<void> {
    if (await tokens.ended()) return socket.restart();
    dispatch({ type: "forgotten" });
    showOutbox();
    if (outbox.entries().length > 0) socket.restart();
    else disconnect();
  }

  function disconnect(): void {
    clearTimeout(renewal);
    socket.close();
    dispatch({ type: "link", link: "off" });
  }

  async function resume(conversationId: string): Promise<void> {
    const { conversation, cursor } = state.get();
    const after = conversation?.id === conversationId ? cursor : 0;
    const outcome = await catchUp(socket, conversationId, after, (part) => {
      dispatch({ type: "conversation", conversation: part.conversation });
      dispatch({ type: "messages", messages: part.messages });
      if (!part.hasMore) dispatch({ type: "caught-up", conversationId, seq: part.conversation.lastSeq });
    });
    if (outcome !== "gone") return;
    sessions.remember(null);
    if (state.get().conversation?.id === conversationId) dispatch({ type: "left" });
  }

  async function attempt({ clientId, conversationId, text }: OutboxEntry): Promise<SendOutcome> {
    const answer = await socket.request("message.send", { clientId, conversationId, text, page });
    const { outcome, events } = readSendAnswer(answer);
    for (const event of events) dispatch(event);
    if (outcome.kind === "homeless" && state.get().conversation?.id === conversationId) dispatch({ type: "left" });
    if (outcome.kind === "later" && answer !== "lost") setTimeout(() => void outbox.flush(), BUSY_RETRY_MS);
    return outcome;
  }

  function sendContext(): void {
    if (state.get().link === "on") void socket.request("attributes.set", { attributes, page });
  }

  store.watch((name) => {
    showOutbox();
    const session = sessions.current();
    if (session?.openConversationId) connect();
    else if (!session && (name === "session" || name === null)) {
      dispatch({ type: "forgotten" });
      disconnect();
    }
  });

  const known = sessions.current();
  if (known) dispatch({ type: "identity", identity: known.identity });
  showOutbox();
  if (known?.openConversationId || outbox.entries().length > 0) connect();

  return {
    state,
    send(text) {
      store.beginUse();
      outbox.add(text, state.get().conversation?.id ?? null);
      connect();
      void outbox.flush();
    },
    takeBack: (clientId) => outbox.take(clientId)?.text ?? null,
    async end() {
      const { conversation } = state.get();
      if (!conversation) return true;
      const answer = await socket.request("conversation.end", { conversationId: conversation.id });
      if (answer === "lost" || !answer.ok) return false;
      if (isConversation(answer.data.conversation))
        dispatch({ type: "conversation", conversation: answer.data.conversation });
      return true;
    },
    startNew: () => dispatch({ type: "left" }),
    async saveFacts(facts) {
      const { conversation } = state.get();
      if (!conversation) return "lost";
      const answer = await socket.request("facts.save", { conversationId: conversation.id, facts });
      if (answer === "lost") return "lost";
      if (!answer.ok) return answer.error;
      const { data } = answer;
      if (isIdentity(data.identity)) dispatch({ type: "identity", identity: data.identity });
      if (isConversation(data.conversation)) dispatch({ type: "conversation", conversation: data.conversation });
      return null;
    },
    markRead() {
      const { conversation, messages, link } = state.get();
      const seq = messages.findLast((message) => message.kind === "agent")?.seq ?? 0;
      if (!conversation || link !== "on" || seq <= conversation.readByVisitor) return;
      dispatch({ type: "conversation", conversation: { ...conversation, readByVisitor: seq } });
      void socket.request("conversation.read", { conversationId: conversation.id, seq });
    },
    typing(on) {
      const { conversation } = state.get();
      if (conversation) socket.signal("typing", { conversationId: conversation.id, on });
    },
    identify(token) {
      if (token === identityToken) return;
      identityToken = token;
      store.beginUse();
      tokens.signInWith(token);
      connect();
      socket.restart();
    },
    logOut() {
      identityToken = null;
      void sessions.logOut();
      dispatch({ type: "forgotten" });
      disconnect();
    },
    setAttributes(more) {
      Object.assign(attributes, more);
      sendContext();
    },
    setPage(next) {
      page = next;
      sendContext();
    },
  };
}
