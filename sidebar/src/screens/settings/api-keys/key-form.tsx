import type { MadeApiKey } from "@rolodesk/shared/api-key";
import { API_SCOPES, type ApiScope } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { SelectField, TextField } from "../../../components/field.tsx";
import { postApiKey } from "../../../endpoints/api-keys.ts";
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
    <form
      class="settings-card settings-form"
      aria-label="New API key"
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      <h3>New API key</h3>
      <TextField
        label="What it is for"
        required
        autofocus
        value={name}
        onValue={setName}
        hint="For example: order system"
        error={form.fields.name}
      />
      <ScopeChecks scopes={scopes} onChange={setScopes} error={form.fields.scopes} />
      {!reachesAll && <SitesServed label="Sites it reaches" siteIds={siteIds} onChange={setSiteIds} />}
      <SelectField label="It expires after" value={lifetime} options={LIFETIMES} onValue={setLifetime} />
      {form.problem && (
        <p class="ui-field-error" role="alert">
          {form.problem}
        </p>
      )}
      <div class="ui-row">
        <Button type="submit" busy={form.busy}>
          Make the key
        </Button>
        <Button look="quiet" onClick={() => onDone(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface ScopeChecksProps {
  scopes: readonly ApiScope[];
  onChange: (scopes: readonly ApiScope[]) => void;
  error: string | undefined;
}

function ScopeChecks({ scopes, onChange, error }: ScopeChecksProps) {
  return (
    <fieldset class="settings-checks">
      <legend class="ui-label">What it may do</legend>
      {API_SCOPES.map((scope) => (
        <label key={scope}>
          <input
            type="checkbox"
            checked={scopes.includes(scope)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))
            }
          />
          {SCOPE_WORDS[scope]}
        </label>
      ))}
      {error && (
        <p class="ui-field-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
