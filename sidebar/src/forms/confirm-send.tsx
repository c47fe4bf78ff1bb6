import type { ComponentProps } from "preact";
import { ConfirmInline } from "../components/confirm-inline.tsx";
import { ErrorCard } from "../components/state-cards.tsx";
import type { FormSend } from "./use-form-send.ts";

interface ConfirmSendProps extends Omit<ComponentProps<typeof ConfirmInline>, "busy" | "onConfirm"> {
  form: FormSend;
}

/** Something without inputs that is sent once it was confirmed, and why it was refused. */
export function ConfirmSend({ form, ...asked }: ConfirmSendProps) {
  return (
    <>
      {form.problem && <ErrorCard message={form.problem} />}
      <div class="ui-row">
        <ConfirmInline {...asked} busy={form.busy} onConfirm={form.send} />
      </div>
    </>
  );
}
