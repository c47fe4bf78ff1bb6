import { useEffect, useRef, useState } from "preact/hooks";
import type { App } from "../app-context.ts";

/** The menu: one entry, which asks before it acts. Escape closes it and nothing else. */
export function EndChat({ app, done }: { app: App; done: () => void }) {
  const { words } = app.language;
  const [step, setStep] = useState<"menu" | "asking" | "failed">("menu");
  const first = useRef<HTMLButtonElement>(null);

  useEffect(() => first.current?.focus(), [step]);

  async function end(): Promise<void> {
    if (await app.chat.end()) done();
    else setStep("failed");
  }

  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.preventDefault();
    done();
  }

  return (
    <fieldset class="menu" aria-label={words.menu} onKeyDown={closeOnEscape}>
      {step === "menu" ? (
        <button type="button" class="menu-item" ref={first} onClick={() => setStep("asking")}>
          {words.end}
        </button>
      ) : (
        <>
          <p role="status">{step === "failed" ? words.endFailed : words.endQuestion}</p>
          <div class="buttons">
            <button type="button" class="button danger" ref={first} onClick={() => void end()}>
              {words.end}
            </button>
            <button type="button" class="button quiet" onClick={done}>
              {words.cancel}
            </button>
          </div>
        </>
      )}
    </fieldset>
  );
}
