import { useState } from "preact/hooks";
import { Segmented } from "../../../components/segmented.tsx";
import { changePassword } from "../../../endpoints/account.ts";
import { PasswordField } from "../../../forms/password-field.tsx";
import { SavedNote } from "../../../forms/saved-note.tsx";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { currentUser } from "../../../session.ts";
import { type Theme, theme } from "../../../theme.ts";
import { PageHeader } from "../page-header.tsx";

const THEME_OPTIONS: readonly { value: Theme; label: string }[] = [
  { value: "auto", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function AccountPage() {
  const me = currentUser();
  return (
    <>
      <PageHeader title="Your account" lead={`${me.name}, ${me.email}, ${me.role}`} />
      <section class="settings-card" aria-labelledby="appearance-title">
        <h3 id="appearance-title">Appearance</h3>
        <Segmented
          label="Theme"
          value={theme.value}
          options={THEME_OPTIONS}
          onValue={(value) => {
            theme.value = value;
          }}
        />
        <p class="ui-hint">Kept in this browser.</p>
      </section>
      <PasswordCard />
    </>
  );
}

function PasswordCard() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [done, setDone] = useState(false);
  const form = useFormSend(["current", "next"], async () => {
    setDone(false);
    await changePassword({ current, next });
    setCurrent("");
    setNext("");
    setDone(true);
  });
  return (
    <section class="settings-card" aria-labelledby="password-title">
      <h3 id="password-title">Password</h3>
      <SendForm
        form={form}
        look="part"
        submit="Change password"
        submitLook="outline"
        note={<SavedNote saved={done}>Your password is changed.</SavedNote>}
      >
        <PasswordField
          label="Current password"
          kind="current"
          value={current}
          onValue={setCurrent}
          error={form.fields.current}
        />
        <PasswordField
          label="New password"
          kind="new"
          hint="Your other sessions end."
          value={next}
          onValue={setNext}
          error={form.fields.next}
        />
      </SendForm>
    </section>
  );
}
