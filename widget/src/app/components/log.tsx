import { ArrowDown } from "lucide";
import { Fragment, type RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app-context.ts";
import { bubblesOf } from "../bubbles.ts";
import { fill } from "../locales/language.ts";
import { type LogItem, logItems } from "../log-items.ts";
import { useObservable } from "../observable.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { LogEntry } from "./log-entry.tsx";
import { useQuestions } from "./questions.tsx";
import { TypingDots } from "./typing-dots.tsx";

/** Closer to the end than this, the log follows what is new. */
const FOLLOW_WITHIN_PX = 80;

export function Log({ app, editing }: { app: App; editing: RefObject<HTMLTextAreaElement | null> }) {
  const { chat, language } = app;
  const { words } = language;
  const state = useObservable(chat.state);
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const known = useRef(0);
  const [missed, setMissed] = useState(0);
  const bubbles = bubblesOf(state);
  const questions = useQuestions(app);
  const items = logItems(bubbles);
  const firstOwn = items.findIndex((item) => item.kind === "group" && item.mine);
  const lastOwn = items.findLastIndex((item) => item.kind === "group" && item.mine);
  const isLoading = state.awaited && bubbles.length === 0;

  function toEnd(): void {
    const log = scroller.current;
    if (log) log.scrollTop = log.scrollHeight;
  }

  useLayoutEffect(() => {
    const arrived = bubbles.slice(known.current);
    known.current = bubbles.length;
    if (arrived.some((bubble) => bubble.seq === null)) follows.current = true;
    if (follows.current) toEnd();
    else setMissed((count) => count + arrived.filter((bubble) => bubble.kind === "agent").length);
  }, [bubbles.length, state]);

  useLayoutEffect(() => {
    const resized = new ResizeObserver(() => follows.current && toEnd());
    if (scroller.current) resized.observe(scroller.current);
    return () => resized.disconnect();
  }, []);

  function scrolled(): void {
    const log = scroller.current;
    if (!log) return;
    follows.current = log.scrollHeight - log.scrollTop - log.clientHeight < FOLLOW_WITHIN_PX;
    if (follows.current) setMissed(0);
  }

  return (
    <div class="log-frame">
      <div class="log" ref={scroller} onScroll={scrolled}>
        {bubbles.length === 0 && !isLoading && <Intro app={app} />}
        {isLoading && <Skeleton label={words.loading} />}
        <div
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-label={words.messages}
          aria-busy={isLoading}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
        >
          {items.map((item, at) => (
            <Fragment key={item.key}>
              <LogEntry item={item} app={app} editing={editing} isLast={at === lastOwn} />
              {holds(item, questions.thanks?.afterSeq) && questions.thanks?.node}
              {at === firstOwn && questions.afterFirst}
            </Fragment>
          ))}
        </div>
        {questions.atEnd}
        <TypingDots name={state.typing} words={words} />
      </div>
      {missed > 0 && (
        <button type="button" class="log-missed" onClick={toEnd}>
          <Icon node={ArrowDown} size={16} />
          {missed === 1 ? words.newOne : fill(words.newMany, { n: missed })}
        </button>
      )}
    </div>
  );
}

function holds(item: LogItem, seq: number | undefined): boolean {
  return item.kind === "group" && item.bubbles.some((bubble) => bubble.seq !== null && bubble.seq === seq);
}

function Intro({ app: { config, language } }: { app: App }) {
  return (
    <div class="log-intro" dir="auto">
      <Avatar name={config.name} />
      <p>{config.greeting || `${language.words.hello}. ${language.words.help}`}</p>
    </div>
  );
}

function Skeleton({ label }: { label: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      <i />
      <i />
      <i />
    </div>
  );
}
