import { ChevronRight, X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import type { App } from "../app-context.ts";
import { unreadCount } from "../bubbles.ts";
import { useObservable } from "../observable.ts";
import { Icon } from "./icon.tsx";

export function Home({ app }: { app: App }) {
  const { config, language, host, ui, chat } = app;
  const { words } = language;
  const state = useObservable(chat.state);
  const { focusAsked } = useObservable(ui);
  const start = useRef<HTMLButtonElement>(null);
  const isOpen = state.awaited || state.conversation?.status === "open" || state.pending.length > 0;
  const last = state.messages.findLast((message) => message.kind !== "event");

  useEffect(() => {
    if (focusAsked > 0) start.current?.focus();
  }, [focusAsked]);

  function enter(): void {
    if (!isOpen && state.conversation) chat.startNew();
    ui.set({ ...ui.get(), view: "conversation", focusAsked: ui.get().focusAsked + 1 });
  }

  return (
    <main class="home">
      <header class="home-top">
        <button type="button" class="icon-button" aria-label={words.close} onClick={() => host.send({ type: "close" })}>
          <Icon node={X} />
        </button>
        <p class="home-name">
          <bdi>{config.name}</bdi>
        </p>
        <h1>
          {config.greeting ? (
            <bdi>{config.greeting}</bdi>
          ) : (
            <>
              {words.hello}
              <br />
              {words.help}
            </>
          )}
        </h1>
      </header>
      <button type="button" class="home-card" ref={start} onClick={enter}>
        <span class="home-card-text">
          <strong>{isOpen ? words.resume : words.write}</strong>
          <span class="home-card-line" dir="auto">
            {isOpen && last ? last.text : <Presence online={state.agentsOnline} words={words} />}
          </span>
        </span>
        {unreadCount(state) > 0 && <span class="home-unread">{unreadCount(state)}</span>}
        <Icon node={ChevronRight} />
      </button>
    </main>
  );
}

export function Presence({ online, words }: { online: boolean; words: { online: string; away: string } }) {
  return <span class={online ? "presence presence-on" : "presence"}>{online ? words.online : words.away}</span>;
}
