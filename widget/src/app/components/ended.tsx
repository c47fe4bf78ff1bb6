import type { EndedBy } from "@rolodesk/shared/vocabulary";
import type { App } from "../app-context.ts";

/** In the composer's place when the conversation is over. */
export function Ended({ app, endedBy }: { app: App; endedBy: EndedBy | null }) {
  const { chat, language, ui } = app;
  const { words } = language;
  const said = { visitor: words.endedByVisitor, agent: words.endedByAgent, silence: words.endedBySilence };

  function startNew(): void {
    chat.startNew();
    ui.set({ ...ui.get(), focusAsked: ui.get().focusAsked + 1 });
  }

  return (
    <footer class="ended">
      <p>{said[endedBy ?? "agent"]}</p>
      <button type="button" class="button" onClick={startNew}>
        {words.startNew}
      </button>
    </footer>
  );
}
