import { useEffect, useState } from "preact/hooks";
import { ApiFailure } from "../../api.ts";
import { TextField } from "../../components/field.tsx";
import { createFirstAdmin, readSetup } from "../../endpoints/account.ts";
import { PasswordField } from "../../forms/password-field.tsx";
import { SendForm } from "../../forms/send-form.tsx";
import { useFormSend } from "../../forms/use-form-send.ts";
import { navigate } from "../../router.ts";
import { enter } from "../../session.ts";
import { Outside } from "./outside.tsx";

/** The first admin. Only a server without any user shows it. */
export function SetupScreen() {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const form = useFormSend(["name", "email", "password"], async () => {
    enter(await createFirstAdmin({ name, email, password }));
    navigate("/inbox", { replace: true });
  });

  useEffect(() => {
    readSetup().then(
      (setup) => {
        if (!setup.needed) navigate("/login", { replace: true });
      },
      (error: unknown) => {
        // the form itself says so when it is sent
        if (!(error instanceof ApiFailure)) throw error;
      },
    );
  }, []);

  return (
    <Outside title="Welcome to Rolodesk" lead="Make the first account. It is an admin and can invite everybody else.">
      <SendForm form={form} look="outside" submit="Create the account">
        <TextField
          label="Your name"
          autocomplete="name"
          required
          autofocus
          value={name}
          onValue={setName}
          error={form.fields.name}
        />
        <TextField
          label="Email"
          type="email"
          autocomplete="email"
          required
          value={email}
          onValue={setEmail}
          error={form.fields.email}
        />
        <PasswordField
          label="Password"
          kind="new"
          value={password}
          onValue={setPassword}
          error={form.fields.password}
        />
      </SendForm>
    </Outside>
  );
}
