import type { Connection, ProviderForm } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { postReauthorization } from "../../../endpoints/settings.ts";
import { SendForm } from "../../../forms/send-form.tsx";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { openVendorPage } from "../../../web-address.ts";
import { ConnectGuideCard } from "./connect-guide-card.tsx";
import { waysOf } from "./connect-way.ts";
import { DemoFill } from "./demo-fill.tsx";
import { enteredBy, type InputValues, ProviderInputs, shownInputs } from "./provider-inputs.tsx";

interface AuthorizeProps {
  connection: Connection;
  provider: ProviderForm;
}

/** Authorizing an account again with the stored app, or with another; a connection that has a key can change over to it. */
export function AuthorizeCard({ connection, provider }: AuthorizeProps) {
  const isAuthorized = connection.access === "oauth";
  const [entering, setEntering] = useState(false);
  const stored = useFormSend([], async () => {
    openVendorPage((await postReauthorization(connection.id, {})).url);
  });
  if (!provider.oauth) return null;
  return (
    <section class="settings-card" aria-labelledby="authorize-title">
      <h3 id="authorize-title">Authorization</h3>
      <p class="ui-hint">
        {isAuthorized
          ? `Somebody agreed to your app in ${provider.name}; its tokens are renewed by themselves. Agree again when ${provider.name} has ended that.`
          : `This connection has a key. It can be authorized in ${provider.name} instead, which then takes the key’s place.`}
      </p>
      <Refusal problem={stored.problem} />
      <div class="ui-row">
        {isAuthorized && (
          <Button
            look={connection.status === "needs_reconnect" ? "solid" : "outline"}
            busy={stored.busy}
            onClick={stored.send}
          >
            Authorize again
          </Button>
        )}
        {!entering && (
          <Button onClick={() => setEntering(true)}>
            {isAuthorized ? "Use another app" : `Authorize in ${provider.name} instead`}
          </Button>
        )}
      </div>
      {entering && <AppForm connection={connection} provider={provider} />}
    </section>
  );
}

function AppForm({ connection, provider }: AuthorizeProps) {
  const [values, setValues] = useState<InputValues>({});
  const way = waysOf(provider).find(({ isOAuth }) => isOAuth);
  const form = useFormSend(shownInputs(way?.inputs ?? []), async () => {
    openVendorPage((await postReauthorization(connection.id, enteredBy(values))).url);
  });
  if (!way) return null;
  return (
    <>
      <ConnectGuideCard providerName={provider.name} guide={way.guide} redirectUrl={way.redirectUrl} />
      <SendForm form={form} look="part" submit={`Continue in ${provider.name}`}>
        {way.demo && <DemoFill providerName={provider.name} demo={way.demo} onValues={setValues} />}
        <ProviderInputs inputs={way.inputs} values={values} fields={form.fields} onValues={setValues} />
      </SendForm>
    </>
  );
}
