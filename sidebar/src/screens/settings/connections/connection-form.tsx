import type { Connection, ConnectionChange, ProviderForm } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { SelectField, TextField } from "../../../components/field.tsx";
import { Switch } from "../../../components/switch.tsx";
import { patchConnection } from "../../../endpoints/settings.ts";
import { SavedNote } from "../../../forms/saved-note.tsx";
import { SendForm } from "../../../forms/send-form.tsx";
import { useDraft } from "../../../forms/use-draft.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { SitesServed } from "../sites-served.tsx";
import { type InputValues, keyOf, ProviderInputs, shownInputs, valuesOf } from "./provider-inputs.tsx";

const ORDER_OPTIONS = [
  { value: "email_first", label: "Email, then phone" },
  { value: "phone_first", label: "Phone, then email" },
] as const;

const ERASE_OPTIONS = [
  { value: "unlink", label: "End the link, leave the record" },
  { value: "delete", label: "Delete the record too" },
  { value: "off", label: "Leave record and link alone" },
] as const;

interface ConnectionFormProps {
  connection: Connection;
  provider: ProviderForm;
  onSaved: (connection: Connection) => void;
}

type SavedFields = Pick<Connection, "name" | "siteIds" | "verifiedOnly" | "lookupOrder" | "addTranscript" | "onErase">;

function draftOf({ name, siteIds, verifiedOnly, lookupOrder, addTranscript, onErase }: Connection): SavedFields {
  return { name, siteIds, verifiedOnly, lookupOrder, addTranscript, onErase };
}

export function ConnectionForm({ connection, provider, onSaved }: ConnectionFormProps) {
  const { draft, change, saved, keep } = useDraft(() => draftOf(connection));
  const [values, setValues] = useState<InputValues>(() => storedSettings(connection, provider));
  const [replacing, setReplacing] = useState(connection.access === "key" && connection.status === "needs_reconnect");
  const settingInputs = provider.inputs.filter((input) => input.in === "settings");
  const credentialInputs = provider.inputs.filter((input) => input.in === "credentials");

  const form = useFormSend(shownInputs(replacing ? provider.inputs : settingInputs), async () => {
    const wanted: ConnectionChange = { ...draft, settings: valuesOf(provider.inputs, "settings", values) };
    if (replacing) wanted.credentials = valuesOf(provider.inputs, "credentials", values);
    const changed = await patchConnection(connection.id, wanted);
    onSaved(changed);
    setReplacing(false);
    setValues(storedSettings(changed, provider));
    keep(draftOf(changed));
  });
  return (
    <SendForm
      form={form}
      title="Settings"
      submit={replacing ? "Test and save" : "Save"}
      note={<SavedNote saved={saved} />}
    >
      <TextField
        label="Name"
        required
        value={draft.name}
        onValue={(value) => change({ name: value })}
        error={form.fields.name}
      />
      <ProviderInputs inputs={settingInputs} values={values} fields={form.fields} onValues={setValues} />
      {replacing ? (
        <ProviderInputs
          inputs={credentialInputs}
          values={values}
          fields={form.fields}
          onValues={setValues}
          hints={connection.credentialHints}
        />
      ) : (
        <StoredCredentials connection={connection} onReplace={() => setReplacing(true)} />
      )}
      <SelectField
        label="Look people up by"
        value={draft.lookupOrder}
        options={ORDER_OPTIONS}
        onValue={(order) => change({ lookupOrder: order })}
      />
      <Switch
        label="Only verified people may write"
        hint="Values of people who merely claim an identity stay here until somebody verifies them."
        checked={draft.verifiedOnly}
        onChange={(on) => change({ verifiedOnly: on })}
      />
      <Switch
        label="Add the transcript"
        hint="When a conversation ends, its text is added to the record as a note, once."
        checked={draft.addTranscript}
        onChange={(on) => change({ addTranscript: on })}
      />
      <SelectField
        label="When a person is erased here"
        value={draft.onErase}
        options={ERASE_OPTIONS}
        onValue={(onErase) => change({ onErase })}
      />
      <SitesServed label="Sites it serves" siteIds={draft.siteIds} onChange={(ids) => change({ siteIds: ids })} />
    </SendForm>
  );
}

function storedSettings(connection: Connection, provider: ProviderForm): InputValues {
  const entries = provider.inputs
    .filter((input) => input.in === "settings")
    .map((input) => [keyOf(input), connection.settings[input.name] ?? ""]);
  return Object.fromEntries(entries);
}

function StoredCredentials({ connection, onReplace }: { connection: Connection; onReplace: () => void }) {
  const hints = Object.values(connection.credentialHints);
  return (
    <div class="ui-field">
      <span class="ui-label">Access</span>
      <div class="ui-row">
        <span class="ui-hint">
          {connection.access === "oauth" ? "Authorized by OAuth with the app" : "Stored, encrypted"}
          {hints.length > 0 && `: ${hints.join(", ")}`}
        </span>
        <Button small onClick={onReplace}>
          {connection.access === "oauth" ? "Use a key instead" : "Replace"}
        </Button>
      </div>
    </div>
  );
}
