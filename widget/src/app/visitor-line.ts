import type { PageContext, VisitorAttributes, VisitorSession } from "@rolodesk/shared/visitor";
import { VISITOR_SOCKET_PATH } from "@rolodesk/shared/vocabulary";
import { catchUp } from "./catch-up.ts";
import type { ConversationEvent, ConversationState } from "./conversation-state.ts";
import type { Observable } from "./observable.ts";
import { createOutbox, type Outbox, type OutboxEntry, type SendOutcome } from "./outbox.ts";
import { createPushHandler } from "./pushes.ts";
import { readSendAnswer } from "./send-answer.ts";
import { createSessions } from "./session.ts";
import { createSocket, type Socket } from "./socket.ts";
import type { Store } from "./store.ts";
import { createTokenSource } from "./token-source.ts";

/** Where the visitor is and what the page told of them; travels with the connection. */
export interface VisitorContext {
  page: PageContext;
  attributes: VisitorAttributes;
}

/** The visitor's connection: session, socket and outbox, kept in step with the state. */
interface VisitorLine {
  socket: Socket;
  outbox: Outbox;
  /** Connects, and stays connected. Opens a session where there is none: only after the first use. */
  connect(): void;
  /** Connects anew as the person of a signed token. */
  signInWith(identityToken: string): void;
  /** Ends the session and drops what was stored. */
  logOut(): void;
  sendContext(): void;
}

interface LineSetup {
  siteKey: string;
  store: Store;
  state: Observable<ConversationState>;
  dispatch(event: ConversationEvent): void;
  context: VisitorContext;
}

const BUSY_RETRY_MS = 3000;

export function createVisitorLine({ siteKey, store, state, dispatch, context }: LineSetup): VisitorLine {
  const sessions = createSessions(siteKey, store, `${location.origin}/widget/api/sessions`);
  const tokens = createTokenSource(sessions, adopt);
  const outbox = createOutbox(siteKey, store, attempt, showOutbox);
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

  function connect(): void {
    if (state.get().link === "off") dispatch({ type: "link", link: "connecting" });
    socket.open();
  }

  function disconnect(): void {
    clearTimeout(renewal);
    socket.close();
    dispatch({ type: "link", link: "off" });
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
    if ((state.get().conversation?.id ?? conversationId) === conversationId) dispatch({ type: "left" });
  }

  async function attempt({ clientId, conversationId, text }: OutboxEntry): Promise<SendOutcome> {
    const answer = await socket.request("message.send", { clientId, conversationId, text, page: context.page });
    const { outcome, events } = readSendAnswer(answer);
    for (const event of events) dispatch(event);
    if (outcome.kind === "homeless" && state.get().conversation?.id === conversationId) dispatch({ type: "left" });
    if (outcome.kind === "later" && answer !== "lost") setTimeout(() => void outbox.flush(), BUSY_RETRY_MS);
    return outcome;
  }

  function sendContext(): void {
    if (state.get().link === "on") void socket.request("attributes.set", { ...context });
  }

  function showOutbox(): void {
    dispatch({ type: "outbox", entries: outbox.entries() });
  }

  /** For the next load of a page: which conversation to take up again. */
  function rememberConversation(): void {
    const { conversation } = state.get();
    const open = conversation?.status === "open" ? conversation.id : null;
    if (conversation && sessions.current()?.openConversationId !== open) sessions.remember(open);
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
  state.watch(rememberConversation);

  const known = sessions.current();
  if (known) dispatch({ type: "identity", identity: known.identity });
  if (known?.openConversationId) dispatch({ type: "awaited" });
  showOutbox();
  if (known?.openConversationId || outbox.entries().length > 0) connect();

  return {
    socket,
    outbox,
    connect,
    sendContext,
    signInWith(identityToken) {
      tokens.signInWith(identityToken);
      connect();
      socket.restart();
    },
    logOut() {
      void sessions.logOut();
      dispatch({ type: "forgotten" });
      disconnect();
    },
  };
}
