import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/field.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { type DemoLogin, readMe, readSetup, signInWithPassword } from "../../endpoints/account.ts";
import { PasswordField } from "../../forms/password-field.tsx";
import { SendForm } from "../../forms/send-form.tsx";
import { useFormSend } from "../../forms/use-form-send.ts";
import { navigate, place } from "../../router.ts";
import { enter } from "../../session.ts";
import { Outside } from "./outside.tsx";

async function signIn(email: string, password: string): Promise<void> {
  await signInWithPassword({ email, password });
  enter(await readMe());
  if (place.value.path === "/login") navigate("/inbox", { replace: true });
}

export function LoginScreen() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [demoLogins, setDemoLogins] = useState<readonly DemoLogin[]>([]);
  const [unreachable, setUnreachable] = useState<string | null>(null);
  const form = useFormSend(["email", "password"], () => signIn(email, password));

  async function lookAround(): Promise<void> {
    try {
      const setup = await readSetup();
      setUnreachable(null);
      setDemoLogins(setup.demoLogins ?? []);
      if (setup.needed) navigate("/setup", { replace: true });
    } catch (error) {
      setUnreachable(failureText(error));
    }
  }
  useEffect(() => void lookAround(), []);

  return (
    <Outside title="Sign in to Rolodesk">
      {unreachable && <ErrorCard message={unreachable} onRetry={() => void lookAround()} />}
      {demoLogins.length > 0 && <DemoLogins logins={demoLogins} />}
      <SendForm form={form} look="outside" submit="Sign in" submitLook={demoLogins.length > 0 ? "outline" : "solid"}>
        <TextField
          label="Email"
          type="email"
          autocomplete="email"
          required
          autofocus={demoLogins.length === 0}
          value={email}
          onValue={setEmail}
          error={form.fields.email}
        />
        <PasswordField
          label="Password"
          kind="current"
          value={password}
          onValue={setPassword}
          error={form.fields.password}
        />
      </SendForm>
      <p class="ui-hint">Forgot your password? Ask an admin for a reset link.</p>
    </Outside>
  );
}

function DemoLogins({ logins }: { logins: readonly DemoLogin[] }) {
  const [chosen, setChosen] = useState<DemoLogin | null>(null);
  const form = useFormSend([], async () => {
    if (chosen) await signIn(chosen.email, chosen.password);
  });
  useEffect(() => {
    if (chosen) form.send();
  }, [chosen]);
  return (
    <section class="outside-demo" aria-label="Demo">
      <p class="ui-hint">This is the demo. Everybody in it is made up.</p>
      {logins.map((login, index) => (
        <Button
          key={login.email}
          look={index === 0 ? "solid" : "outline"}
          busy={form.busy && chosen?.email === login.email}
          onClick={() => setChosen({ ...login })}
        >
          Sign in as {login.name}
        </Button>
      ))}
      <Refusal problem={form.problem} />
      <p class="outside-or">
        <span>or</span>
      </p>
    </section>
  );
}
