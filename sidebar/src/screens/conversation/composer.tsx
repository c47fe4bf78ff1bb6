import { type ContactChannel, MESSAGE_MAX_CHARS } from "@rolodesk/shared/vocabulary";
import { Lock, SendHorizontal } from "lucide";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { onCommand } from "../../keys.ts";
import { sendTyping } from "../../live.ts";
import { DoNotContact } from "../crm/do-not-contact.tsx";
import type { OpenConversation } from "./conversation-store.ts";
import { type Draft, readDraft, writeDraft } from "./drafts.ts";
import { sendMessage } from "./sending.ts";
import { useTypingSignal } from "./use-typing-signal.ts";

const COUNT_FROM = MESSAGE_MAX_CHARS - 200;

interface ComposerProps {
  conversation: OpenConversation;
  ended: boolean;
  onReopen: () => void;
  /** Ways in which the person must not be written to. */
  doNotContact: readonly ContactChannel[];
}

/** Reply or private note. An ended conversation takes notes; a reply needs it open. */
export function Composer({ conversation, ended, onReopen, doNotContact }: ComposerProps) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(conversation.id));
  const input = useRef<HTMLTextAreaElement>(null);
  const signalTyping = useTypingSignal((on) => sendTyping(conversation.id, on));
  const text = draft.text.trim();
  const tooLong = text.length > MESSAGE_MAX_CHARS;
  const isNote = draft.kind === "note";

  useEffect(() => writeDraft(conversation.id, draft), [conversation.id, draft]);
  useLayoutEffect(() => {
    function focusAs(kind: Draft["kind"]): void {
      setDraft((shown) => ({ ...shown, kind }));
      input.current?.focus();
    }
    return onCommand({ reply: () => focusAs("agent"), note: () => focusAs("note") });
  }, []);
  useLayoutEffect(() => fitHeight(input.current), [draft.text]);

  function write(value: string): void {
    setDraft({ ...draft, text: value });
    if (!isNote) signalTyping(value.trim() !== "");
  }

  function send(): void {
    if (text === "" || tooLong || (ended && !isNote)) return;
    void sendMessage(conversation, { kind: draft.kind, text });
    setDraft({ kind: draft.kind, text: "" });
    signalTyping(false);
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      class={`composer${isNote ? " composer-note" : ""}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-top">
        <Segmented
          label="Write as"
          value={draft.kind}
          options={[
            { value: "agent", label: "Reply", title: "Reply (R)" },
            { value: "note", label: "Note", title: "Private note (N)" },
          ]}
          onValue={(kind) => setDraft({ ...draft, kind })}
        />
        {isNote && (
          <span class="composer-hint">
            <Icon node={Lock} />
            Only your team sees notes
          </span>
        )}
      </div>
      {!isNote && <DoNotContact channels={doNotContact} advice="Answer what they write here, and nothing more." />}
      {ended && !isNote ? (
        <p class="composer-ended">
          This conversation has ended.{" "}
          <Button small onClick={onReopen}>
            Reopen to reply
          </Button>
        </p>
      ) : (
        <div class="composer-box">
          <textarea
            ref={input}
            class="composer-input"
            rows={1}
            dir="auto"
            value={draft.text}
            aria-label={isNote ? "Private note" : "Reply"}
            placeholder={isNote ? "Write a note for your team" : "Write a reply"}
            onInput={(event) => write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={() => signalTyping(false)}
          />
          <Button
            type="submit"
            look={text === "" ? "quiet" : "outline"}
            icon={isNote ? Lock : SendHorizontal}
            disabled={text === "" || tooLong}
            title={isNote ? "Add note (Enter)" : "Send (Enter). Shift+Enter begins a new line."}
          >
            {isNote ? "Add note" : "Send"}
          </Button>
        </div>
      )}
      {text.length > COUNT_FROM && (
        <p class={tooLong ? "ui-field-error" : "ui-hint"} role="status">
          {tooLong
            ? `Messages can have at most ${MESSAGE_MAX_CHARS} characters. Send it in parts.`
            : `${MESSAGE_MAX_CHARS - text.length} characters left`}
        </p>
      )}
    </form>
  );
}

/** Grows with its text; the style sheet limits it. */
function fitHeight(input: HTMLTextAreaElement | null): void {
  if (!input) return;
  input.style.setProperty("height", "auto");
  input.style.setProperty("height", `${input.scrollHeight}px`);
}
