import type { ServerToVisitor } from "@rolodesk/shared/realtime";
import { isRecord } from "../bridge/shape.ts";
import { type ConversationEvent, type ConversationState, isLaterConversation } from "./conversation-state.ts";
import type { Observable } from "./observable.ts";
import { isConversation, isMessage } from "./wire-shapes.ts";

interface PushTargets {
  state: Observable<ConversationState>;
  dispatch(event: ConversationEvent): void;
  /** Asks the server for what is missing of a conversation. */
  catchUp(conversationId: string): void;
  sessionEnded(): void;
}

/** A typing agent renews every 3 s; silence for longer means they stopped. */
const TYPING_LASTS_MS = 8000;
/** A push may have been lost between servers: this long after the news of a message, it is asked for. */
const MISSING_AFTER_MS = 1000;

/** Takes the server's pushes. What is not of a known shape is ignored. */
export function createPushHandler({ state, dispatch, catchUp, sessionEnded }: PushTargets) {
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;

  const handlers: Record<keyof ServerToVisitor, (payload: unknown) => void> = {
    message(payload) {
      if (!isMessage(payload)) return;
      if (isLaterConversation(state.get(), payload.conversationId)) catchUp(payload.conversationId);
      else dispatch({ type: "messages", messages: [payload] });
    },
    conversation(payload) {
      if (!isConversation(payload)) return;
      dispatch({ type: "conversation", conversation: payload });
      clearTimeout(gapTimer);
      gapTimer = setTimeout(() => {
        const { conversation, cursor } = state.get();
        if (conversation && conversation.lastSeq > cursor) catchUp(conversation.id);
      }, MISSING_AFTER_MS);
    },
    typing(payload) {
      if (!isRecord(payload)) return;
      const conversationId = String(payload.conversationId);
      dispatch({ type: "typing", conversationId, name: payload.on === true ? String(payload.name) : null });
      clearTimeout(typingTimer);
      typingTimer = setTimeout(() => dispatch({ type: "typing", conversationId, name: null }), TYPING_LASTS_MS);
    },
    presence(payload) {
      if (isRecord(payload)) dispatch({ type: "presence", agentsOnline: payload.agentsOnline === true });
    },
    "session.ended": sessionEnded,
  };

  return (name: string, payload: unknown): void => {
    if (Object.hasOwn(handlers, name)) handlers[name as keyof ServerToVisitor](payload);
  };
}
