import type { Role } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { SelectField, TextField } from "../../../components/field.tsx";
import { postUser } from "../../../endpoints/settings.ts";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { SitesServed } from "../sites-served.tsx";
import type { ShownLink } from "./users-page.tsx";

const ROLE_OPTIONS = [
  { value: "agent", label: "Agent: answers conversations" },
  { value: "admin", label: "Admin: also changes settings" },
] as const;

export function InviteForm({ onDone }: { onDone: (made: ShownLink | null) => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const [siteIds, setSiteIds] = useState<string[]>([]);
  const form = useFormSend(["name", "email", "role"], async () => {
    const { user, resetLink } = await postUser({ name, email, role, siteIds });
    onDone({ name: user.name, link: resetLink });
  });
  return (
    <SendForm form={form} title="Invite somebody" submit="Make the link" onCancel={() => onDone(null)}>
      <TextField label="Name" required autofocus value={name} onValue={setName} error={form.fields.name} />
      <TextField label="Email" type="email" required value={email} onValue={setEmail} error={form.fields.email} />
      <SelectField label="Role" value={role} options={ROLE_OPTIONS} onValue={setRole} error={form.fields.role} />
      {role === "agent" && <SitesServed label="Sites they serve" siteIds={siteIds} onChange={setSiteIds} />}
    </SendForm>
  );
}
