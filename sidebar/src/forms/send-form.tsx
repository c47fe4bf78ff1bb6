import type { ComponentChildren } from "preact";
import { Button } from "../components/button.tsx";
import { Refusal } from "../components/refusal.tsx";
import type { FormSend } from "./use-form-send.ts";

interface SendFormProps {
  form: FormSend;
  /** How it is framed: a card of its own, a part of one, or the one thing on the page. */
  look?: "card" | "part" | "outside";
  /** The heading above it, which names it, too. */
  title?: string;
  /** The words of the button that sends it. */
  submit: string;
  submitLook?: "solid" | "outline";
  /** There is nothing to send yet. */
  empty?: boolean;
  onCancel?: () => void;
  /** Beside the buttons: what is under way, or done. */
  note?: ComponentChildren;
  children: ComponentChildren;
}

const CLASSES = { card: "settings-card settings-form", part: "settings-form", outside: "outside-form" } as const;

/** The inputs, what was refused as a whole, then the buttons. Enter sends it, too. */
export function SendForm({ form, look = "card", title, onCancel, note, children, ...send }: SendFormProps) {
  return (
    <form
      class={CLASSES[look]}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      {title && <h3>{title}</h3>}
      {children}
      <Refusal problem={form.problem} />
      <div class="ui-row">
        <Button type="submit" look={send.submitLook ?? "solid"} busy={form.busy} disabled={send.empty}>
          {send.submit}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
        {note}
      </div>
    </form>
  );
}
