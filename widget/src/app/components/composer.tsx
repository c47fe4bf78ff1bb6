import { MESSAGE_MAX_CHARS } from "@rolodesk/shared/vocabulary";
import { SendHorizontal } from "lucide";
import type { RefObject } from "preact";
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { App } from "../app-context.ts";
import { fill } from "../locales/language.ts";
import { createTypingSignal } from "../typing-signal.ts";
import { Icon } from "./icon.tsx";

export function Composer({ app, input }: { app: App; input: RefObject<HTMLTextAreaElement | null> }) {
  const { chat, language, store } = app;
  const { words } = language;
  const [text, setText] = useState(() => String(store.read("draft") ?? ""));
  const typing = useMemo(() => createTypingSignal(chat.typing), [chat]);
  const surplus = text.trim().length - MESSAGE_MAX_CHARS;
  const canSend = text.trim() !== "" && surplus <= 0;

  useLayoutEffect(() => {
    const box = input.current;
    if (!box) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }, [text]);

  function write(next: string): void {
    setText(next);
    store.write("draft", next);
    typing.keyPressed(next !== "");
  }

  function send(): void {
    if (!canSend) return;
    write("");
    chat.send(text.trim());
    input.current?.focus();
  }

  function sendOnEnter(event: KeyboardEvent): void {
    const isTouch = matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || isTouch) return;
    event.preventDefault();
    send();
  }

  return (
    <footer class="composer">
      <div class="composer-box">
        <textarea
          ref={input}
          rows={1}
          dir={text ? "auto" : language.direction}
          value={text}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          aria-describedby={surplus > 0 ? "composer-surplus" : undefined}
          aria-invalid={surplus > 0}
          enterkeyhint="enter"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={sendOnEnter}
        />
        <button type="button" class="composer-send" aria-label={words.send} disabled={!canSend} onClick={send}>
          <Icon node={SendHorizontal} />
        </button>
      </div>
      {surplus > 0 && (
        <p id="composer-surplus" class="error" role="status">
          {fill(words.tooLong, { n: surplus.toLocaleString(language.tag) })}
        </p>
      )}
    </footer>
  );
}
