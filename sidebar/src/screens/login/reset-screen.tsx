import { useState } from "preact/hooks";
import { EmptyState } from "../../components/state-cards.tsx";
import { resetPassword } from "../../endpoints/account.ts";
import { PasswordField } from "../../forms/password-field.tsx";
import { SendForm } from "../../forms/send-form.tsx";
import { useFormSend } from "../../forms/use-form-send.ts";
import { followLink, hrefOf } from "../../router.ts";
import { leave } from "../../session.ts";
import { Outside } from "./outside.tsx";

/** The token of `/app/reset#token=…`. It stays in the fragment, which no server and no log sees. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token");
}

export function ResetScreen() {
  const [token] = useState(() => tokenOf(window.location.hash));
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const form = useFormSend(["password"], async () => {
    if (token === null) return;
    await resetPassword({ token, password });
    leave();
    setDone(true);
  });
  const toLogin = (
    <a class="ui-link" href={hrefOf("/login")} onClick={followLink}>
      Go to sign-in
    </a>
  );
  if (done) {
    return (
      <Outside title="Your password is set">
        <EmptyState action={toLogin}>You can sign in with it now.</EmptyState>
      </Outside>
    );
  }
  if (token === null) {
    return (
      <Outside title="This link is not complete">
        <EmptyState action={toLogin}>Copy the whole link, or ask an admin for a new one.</EmptyState>
      </Outside>
    );
  }
  return (
    <Outside title="Choose a password">
      <SendForm form={form} look="outside" submit="Set the password">
        <PasswordField
          label="New password"
          kind="new"
          autofocus
          value={password}
          onValue={setPassword}
          error={form.fields.password}
        />
      </SendForm>
    </Outside>
  );
}
