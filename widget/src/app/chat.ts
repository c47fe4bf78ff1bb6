import type { ApiError } from "@rolodesk/shared/api-error";
import type { FactInput, PageContext, VisitorAttributes } from "@rolodesk/shared/visitor";
import {
  type ConversationEvent,
  type ConversationState,
  initialState,
  reduceConversation,
} from "./conversation-state.ts";
import { type Observable, observable } from "./observable.ts";
import type { Store } from "./store.ts";
import { createVisitorLine, type VisitorContext } from "./visitor-line.ts";
import { isConversation, isIdentity } from "./wire-shapes.ts";

/** What a visitor can do. One per frame. */
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

export function createChat({ siteKey, store, agentsOnline, page }: ChatSetup): Chat {
  const state = observable(initialState(agentsOnline));
  const context: VisitorContext = { page, attributes: {} };
  const line = createVisitorLine({ siteKey, store, state, dispatch, context });
  const { socket, outbox } = line;
  let identityToken: string | null = null;

  function dispatch(event: ConversationEvent): void {
    state.set(reduceConversation(state.get(), event));
  }

  /** What an answer carries of the state. */
  function take(data: Record<string, unknown>): void {
    if (isIdentity(data.identity)) dispatch({ type: "identity", identity: data.identity });
    if (isConversation(data.conversation)) dispatch({ type: "conversation", conversation: data.conversation });
  }

  return {
    state,
    send(text) {
      store.beginUse();
      outbox.add(text, state.get().conversation?.id ?? null);
      line.connect();
      void outbox.flush();
    },
    takeBack: (clientId) => outbox.take(clientId)?.text ?? null,
    async end() {
      const { conversation } = state.get();
      if (!conversation) return true;
      const answer = await socket.request("conversation.end", { conversationId: conversation.id });
      if (answer === "lost" || !answer.ok) return false;
      take(answer.data);
      return true;
    },
    startNew: () => dispatch({ type: "left" }),
    async saveFacts(facts) {
      const { conversation } = state.get();
      if (!conversation) return "lost";
      const answer = await socket.request("facts.save", { conversationId: conversation.id, facts });
      if (answer === "lost") return "lost";
      if (!answer.ok) return answer.error;
      take(answer.data);
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
      line.signInWith(token);
    },
    logOut() {
      identityToken = null;
      line.logOut();
    },
    setAttributes(attributes) {
      Object.assign(context.attributes, attributes);
      line.sendContext();
    },
    setPage(next) {
      context.page = next;
      line.sendContext();
    },
  };
}
