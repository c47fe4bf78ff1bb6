import type { Message } from "@rolodesk/shared/message";
import { Check, CheckCheck, Lock } from "lucide";
import { Icon } from "../../components/icon.tsx";
import { absoluteTime, clockTime } from "../../relative-time.ts";
import type { ThreadItem, UnsentMessage } from "./thread-items.ts";

type Group = Extract<ThreadItem, { type: "group" }>;

interface GroupProps {
  group: Group;
  readByVisitor: number;
  visitorName: string;
}

/** Consecutive messages of one author: the name once, the time at the end. */
export function MessageGroup({ group, readByVisitor, visitorName }: GroupProps) {
  const last = group.messages.at(-1);
  return (
    <div class={`thread-group thread-group-${group.kind}`}>
      {group.kind === "note" ? (
        <p class="thread-author">
          <Icon node={Lock} />
          Private note by {group.authorName ?? "an agent"}
        </p>
      ) : (
        <p class="thread-author">
          <span class="ui-truncate">{group.authorName ?? visitorName}</span>
        </p>
      )}
      {group.messages.map((message) => (
        <Bubble message={message} key={message.id} />
      ))}
      {last && (
        <p class="thread-meta">
          <time dateTime={last.createdAt} title={absoluteTime(last.createdAt)}>
            {clockTime(last.createdAt)}
          </time>
          {group.kind === "agent" && <Ticks read={last.seq <= readByVisitor} />}
        </p>
      )}
    </div>
  );
}

function Bubble({ message }: { message: Message }) {
  return (
    <div class="thread-bubble" id={`message-${message.seq}`} dir="auto" title={absoluteTime(message.createdAt)}>
      {message.text}
    </div>
  );
}

function Ticks({ read }: { read: boolean }) {
  return (
    <span class={`thread-ticks${read ? " thread-ticks-read" : ""}`}>
      <Icon node={read ? CheckCheck : Check} />
      {read ? "Read" : "Sent"}
    </span>
  );
}

interface UnsentProps {
  message: UnsentMessage;
  onRetry: () => void;
  onDiscard: () => void;
}

/** A message on its way, or one that did not go out and can be sent again. */
export function UnsentBubble({ message, onRetry, onDiscard }: UnsentProps) {
  return (
    <div class={`thread-group thread-group-${message.kind}`}>
      {message.kind === "note" && (
        <p class="thread-author">
          <Icon node={Lock} />
          Private note
        </p>
      )}
      <div class={`thread-bubble${message.problem ? "" : " thread-bubble-sending"}`} dir="auto">
        {message.text}
      </div>
      {message.problem === null ? (
        <p class="thread-meta">Sending</p>
      ) : (
        <p class="thread-meta thread-meta-failed" role="alert">
          Not sent. {message.problem}{" "}
          <button type="button" class="ui-link" onClick={onRetry}>
            Retry
          </button>{" "}
          <button type="button" class="ui-link" onClick={onDiscard}>
            Discard
          </button>
        </p>
      )}
    </div>
  );
}
