import { useEffect, useRef } from "preact/hooks";
import type { App } from "../app-context.ts";
import { useObservable } from "../observable.ts";
import { Composer } from "./composer.tsx";
import { ConversationHeader } from "./conversation-header.tsx";
import { Ended } from "./ended.tsx";
import { Log } from "./log.tsx";
import { OfflineBar } from "./offline-bar.tsx";

export function Conversation({ app }: { app: App }) {
  const { chat, ui } = app;
  const { conversation, messages, link } = useObservable(chat.state);
  const { shown, focusAsked } = useObservable(ui);
  const input = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    if (focusAsked > 0) input.current?.focus();
  }, [focusAsked]);

  useEffect(() => {
    function readWhatIsSeen(): void {
      if (shown && document.visibilityState === "visible") chat.markRead();
    }
    readWhatIsSeen();
    document.addEventListener("visibilitychange", readWhatIsSeen);
    return () => document.removeEventListener("visibilitychange", readWhatIsSeen);
  }, [shown, messages, link]);

  return (
    <main class="conversation">
      <ConversationHeader app={app} />
      <OfflineBar link={link} words={app.language.words} />
      <Log app={app} editing={input} />
      {conversation?.status === "ended" ? (
        <Ended app={app} endedBy={conversation.endedBy} />
      ) : (
        <Composer app={app} input={input} />
      )}
    </main>
  );
}
