import type { WebhookSetup } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { Field, TextField } from "../../../components/field.tsx";
import { putSigningSecret } from "../../../endpoints/settings.ts";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { showToast } from "../../../toasts.ts";

interface FormProps {
  connectionId: string;
  signing: NonNullable<WebhookSetup["signing"]>;
  onSaved: () => void;
}

/** The secret or key by which the CRM signs. It is never shown again; saving an empty one forgets it. */
export function SigningForm({ connectionId, signing, onSaved }: FormProps) {
  const [secret, setSecret] = useState("");
  const form = useFormSend(["secret"], async () => {
    await putSigningSecret(connectionId, secret);
    showToast(secret.trim() === "" ? `${signing.label} forgotten.` : `${signing.label} saved.`);
    setSecret("");
    onSaved();
  });
  const label = signing.isSet ? `${signing.label} (one is saved)` : signing.label;
  const shared = { label, hint: signing.hint, error: form.fields.secret, optional: !signing.required };
  return (
    <SendForm
      form={form}
      look="part"
      submit={secret.trim() === "" && signing.isSet ? "Forget it" : "Save"}
      submitLook="outline"
      empty={secret.trim() === "" && !signing.isSet}
    >
      {signing.required ? (
        <TextField {...shared} type="password" autocomplete="off" value={secret} onValue={setSecret} />
      ) : (
        <Field {...shared}>
          {(attributes) => (
            <textarea
              {...attributes}
              class="ui-input"
              rows={3}
              value={secret}
              onInput={(event) => setSecret(event.currentTarget.value)}
            />
          )}
        </Field>
      )}
    </SendForm>
  );
}
