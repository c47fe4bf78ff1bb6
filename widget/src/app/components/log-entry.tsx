import type { RefObject } from "preact";
import type { App } from "../app-context.ts";
import type { Bubble } from "../bubbles.ts";
import { eventWords } from "../event-words.ts";
import type { LogItem } from "../log-items.ts";
import { Avatar } from "./avatar.tsx";
import { dayLabel, timeLabel } from "./dates.ts";
import { MessageText } from "./message-text.tsx";

interface Props {
  app: App;
  item: LogItem;
  editing: RefObject<HTMLTextAreaElement | null>;
  /** Holds the visitor's latest message: its tick is shown. */
  isLast: boolean;
}

export function LogEntry({ app, item, editing, isLast }: Props) {
  const { language } = app;
  if (item.kind === "day") {
    return (
      <p class="log-day">
        <span>{dayLabel(item.at, new Date(), language)}</span>
      </p>
    );
  }
  if (item.kind === "event") {
    return (
      <p class="log-event" dir="auto">
        {eventWords(item.bubble, language.words)}
      </p>
    );
  }
  const { mine, author, bubbles } = item;
  const name = mine ? language.words.you : (author ?? app.config.name);
  return (
    <div class={mine ? "log-group log-mine" : "log-group"}>
      {!mine && <Avatar name={name} />}
      <div class="log-bubbles">
        <span class={mine ? "unseen" : "log-author"} dir="auto">
          {name}
        </span>
        {bubbles.map((bubble) => (
          <BubbleRow key={bubble.clientId} app={app} bubble={bubble} editing={editing} />
        ))}
        {isLast && <LastTick app={app} bubble={bubbles.at(-1)} />}
      </div>
    </div>
  );
}

interface BubbleProps {
  app: App;
  bubble: Bubble;
  editing: RefObject<HTMLTextAreaElement | null>;
}

function BubbleRow({ app, bubble, editing }: BubbleProps) {
  const { words } = app.language;

  function edit(): void {
    const text = app.chat.takeBack(bubble.clientId);
    const input = editing.current;
    if (text === null || !input) return;
    input.value = input.value ? `${text}\n${input.value}` : text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  }

  return (
    <>
      <div class={`bubble bubble-${bubble.tick ?? "theirs"}`} title={timeLabel(bubble.at, app.language)}>
        <p dir="auto">
          <MessageText text={bubble.text} />
        </p>
      </div>
      {bubble.tick === "failed" && (
        <p class="log-failed">
          <span dir="auto">
            {words.failed} {bubble.reason}
          </span>
          <button type="button" class="link" onClick={edit}>
            {words.edit}
          </button>
        </p>
      )}
    </>
  );
}

function LastTick({ app, bubble }: { app: App; bubble: Bubble | undefined }) {
  const { words } = app.language;
  if (!bubble?.tick || bubble.tick === "failed") return null;
  return (
    <p class="log-tick">
      {words[bubble.tick]}
      {bubble.tick !== "sending" && ` · ${timeLabel(bubble.at, app.language)}`}
    </p>
  );
}
