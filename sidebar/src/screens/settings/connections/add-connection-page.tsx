import type { ProviderForm } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { TextField } from "../../../components/field.tsx";
import { ProviderMark } from "../../../components/provider-mark.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { listProviders, postConnection } from "../../../endpoints/settings.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { navigate } from "../../../router.ts";
import { PageHeader } from "../page-header.tsx";
import { SitesServed } from "../sites-served.tsx";
import { useResource } from "../use-resource.ts";
import { type InputValues, ProviderInputs, shownInputs, valuesOf } from "./provider-inputs.tsx";

const BACK = { path: "/settings/connections", label: "CRM connections" };

export function AddConnectionPage() {
  const { data, problem, reload } = useResource("providers", listProviders);
  const [chosen, setChosen] = useState<ProviderForm | null>(null);
  return (
    <>
      <PageHeader title="Connect a CRM" lead="Choose the CRM, then give it access to one account." back={BACK} />
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={3} label="Loading CRMs" />}
      <fieldset class="providers">
        <legend class="ui-sr">CRM</legend>
        {data?.providers.map((provider) => (
          <label key={provider.provider} class="provider">
            <input type="radio" name="provider" checked={chosen === provider} onChange={() => setChosen(provider)} />
            <ProviderMark provider={provider.provider} />
            {provider.name}
          </label>
        ))}
      </fieldset>
      {chosen && <NewConnectionForm key={chosen.provider} provider={chosen} />}
    </>
  );
}

function NewConnectionForm({ provider }: { provider: ProviderForm }) {
  const [name, setName] = useState(provider.name);
  const [values, setValues] = useState<InputValues>({});
  const [siteIds, setSiteIds] = useState<string[]>([]);
  const form = useFormSend(shownInputs(provider.inputs), async () => {
    const made = await postConnection({
      provider: provider.provider,
      name,
      settings: valuesOf(provider.inputs, "settings", values),
      credentials: valuesOf(provider.inputs, "credentials", values),
      siteIds,
    });
    navigate(`/settings/connections/${made.id}`, { replace: true });
  });
  return (
    <form
      class="settings-card settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      <TextField
        label="Name"
        hint="How agents see it on its tab."
        required
        value={name}
        onValue={setName}
        error={form.fields.name}
      />
      <ProviderInputs inputs={provider.inputs} values={values} fields={form.fields} onValues={setValues} />
      <SitesServed label="Sites it serves" siteIds={siteIds} onChange={setSiteIds} />
      {form.problem && (
        <p class="ui-field-error" role="alert">
          {form.problem}
        </p>
      )}
      <div class="ui-row">
        <Button type="submit" look="solid" busy={form.busy}>
          Test and connect
        </Button>
        <span class="ui-hint">{form.busy ? `Asking ${provider.name} whether it accepts this` : ""}</span>
      </div>
    </form>
  );
}
