import type { ProviderForm } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { TextField } from "../../../components/field.tsx";
import { postAuthorization, postConnection } from "../../../endpoints/settings.ts";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { navigate } from "../../../router.ts";
import { openVendorPage } from "../../../web-address.ts";
import { SitesServed } from "../sites-served.tsx";
import type { ConnectWay } from "./connect-way.ts";
import { DemoFill } from "./demo-fill.tsx";
import { enteredBy, type InputValues, ProviderInputs, shownInputs } from "./provider-inputs.tsx";

interface FormProps {
  provider: ProviderForm;
  way: ConnectWay;
}

/** What was created at the vendor is entered here; then the account is tested, or somebody agrees at the vendor first. */
export function NewConnectionForm({ provider, way }: FormProps) {
  const { inputs, demo, isOAuth } = way;
  const [name, setName] = useState(provider.name);
  const [values, setValues] = useState<InputValues>({});
  const [siteIds, setSiteIds] = useState<string[]>([]);
  const form = useFormSend(shownInputs(inputs), async () => {
    const entered = { provider: provider.provider, name, ...enteredBy(values), siteIds };
    if (isOAuth) {
      openVendorPage((await postAuthorization(entered)).url);
      return;
    }
    const made = await postConnection(entered);
    navigate(`/settings/connections/${made.id}?connected=1`, { replace: true });
  });
  return (
    <SendForm
      form={form}
      title="Here"
      submit={isOAuth ? `Continue in ${provider.name}` : "Test and connect"}
      note={
        <span class="ui-hint">
          {isOAuth
            ? "You agree there and come back here, within ten minutes and in this browser."
            : form.busy && `Asking ${provider.name} whether it accepts this`}
        </span>
      }
    >
      {demo && <DemoFill providerName={provider.name} demo={demo} onValues={setValues} />}
      <TextField
        label="Name"
        hint="How agents see it on its tab."
        required
        value={name}
        onValue={setName}
        error={form.fields.name}
      />
      <ProviderInputs inputs={inputs} values={values} fields={form.fields} onValues={setValues} />
      <SitesServed label="Sites it serves" siteIds={siteIds} onChange={setSiteIds} />
    </SendForm>
  );
}
