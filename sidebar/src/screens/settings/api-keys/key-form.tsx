import type { MadeApiKey } from "@rolodesk/shared/api-key";
import { API_SCOPES, type ApiScope } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { CheckList } from "../../../components/check-list.tsx";
import { SelectField, TextField } from "../../../components/field.tsx";
import { postApiKey } from "../../../endpoints/api-keys.ts";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { SitesServed } from "../sites-served.tsx";
import { SCOPE_WORDS } from "./scope-words.ts";

const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "never", label: "Until it is revoked" },
] as const;
type Lifetime = (typeof LIFETIMES)[number]["value"];

const SCOPES = API_SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] }));

export function KeyForm({ onDone }: { onDone: (made: MadeApiKey | null) => void }) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly ApiScope[]>([]);
  const [siteIds, setSiteIds] = useState<string[]>([]);
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const reachesAll = scopes.includes("admin");
  const form = useFormSend(["name", "scopes", "expiresInDays"], async () => {
    const expiresInDays = lifetime === "never" ? null : Number(lifetime);
    onDone(await postApiKey({ name, scopes: [...scopes], siteIds: reachesAll ? [] : siteIds, expiresInDays }));
  });
  return (
    <SendForm form={form} title="New API key" submit="Make the key" onCancel={() => onDone(null)}>
      <TextField
        label="What it is for"
        required
        autofocus
        value={name}
        onValue={setName}
        hint="For example: order system"
        error={form.fields.name}
      />
      <CheckList
        label="What it may do"
        options={SCOPES}
        chosen={scopes}
        onChange={setScopes}
        error={form.fields.scopes}
      />
      {!reachesAll && <SitesServed label="Sites it reaches" siteIds={siteIds} onChange={setSiteIds} />}
      <SelectField label="It expires after" value={lifetime} options={LIFETIMES} onValue={setLifetime} />
    </SendForm>
  );
}
