import type { ComponentChildren } from "preact";
import { Refusal } from "../components/refusal.tsx";
import type { FormSend } from "./use-form-send.ts";

interface SendFormProps {
  form: FormSend;
  /** How it is framed: a card of its own, a part of one, or the one thing on the page. */
  look?: "card" | "part" | "outside";
  /** Its name, where no heading gives one. */
  label?: string;
  /** What sends it comes first. */
  buttons: ComponentChildren;
  children: ComponentChildren;
}

const CLASSES = { card: "settings-card settings-form", part: "settings-form", outside: "outside-form" } as const;

/** The inputs, what was refused as a whole, then the buttons. Enter sends it, too. */
export function SendForm({ form, look = "card", label, buttons, children }: SendFormProps) {
  return (
    <form
      class={CLASSES[look]}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      {children}
      <Refusal problem={form.problem} />
      <div class="ui-row">{buttons}</div>
    </form>
  );
}
