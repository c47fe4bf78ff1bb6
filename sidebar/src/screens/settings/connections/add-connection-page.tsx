import type { ProviderForm } from "@rolodesk/shared/connection";
import { useState } from "preact/hooks";
import { Loaded } from "../../../components/loaded.tsx";
import { ProviderMark } from "../../../components/provider-mark.tsx";
import { listProviders } from "../../../endpoints/settings.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { ConnectGuideCard } from "./connect-guide-card.tsx";
import { waysOf } from "./connect-way.ts";
import { NewConnectionForm } from "./new-connection-form.tsx";

const BACK = { path: "/settings/connections", label: "CRM connections" };

/** Choose the CRM and the way in; then what to do there, and what to enter here. */
export function AddConnectionPage() {
  const providers = useResource("providers", listProviders);
  const [chosen, setChosen] = useState<ProviderForm | null>(null);
  return (
    <>
      <PageHeader title="Connect a CRM" lead="Choose the CRM, then give it access to one account." back={BACK} />
      <Loaded of={providers} loading="Loading CRMs">
        {(data) => (
          <fieldset class="providers">
            <legend class="ui-sr">CRM</legend>
            {data.providers.map((provider) => (
              <label key={provider.provider} class="provider">
                <input
                  type="radio"
                  name="provider"
                  checked={chosen === provider}
                  onChange={() => setChosen(provider)}
                />
                <ProviderMark provider={provider.provider} />
                {provider.name}
              </label>
            ))}
          </fieldset>
        )}
      </Loaded>
      {chosen && <ConnectSteps key={chosen.provider} provider={chosen} />}
    </>
  );
}

function ConnectSteps({ provider }: { provider: ProviderForm }) {
  const ways = waysOf(provider);
  const [wayId, setWayId] = useState(ways[0]?.id);
  const way = ways.find(({ id }) => id === wayId);
  return (
    <>
      {ways.length > 1 && (
        <fieldset class="connect-ways">
          <legend>How</legend>
          {ways.map(({ id, guide }) => (
            <label key={id} class="connect-way">
              <input type="radio" name="way" checked={id === wayId} onChange={() => setWayId(id)} />
              <span>
                <strong>{guide.name}</strong>
                <span class="ui-hint">{guide.about}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {way && (
        <div key={way.id}>
          <ConnectGuideCard providerName={provider.name} guide={way.guide} redirectUrl={way.redirectUrl} />
          <NewConnectionForm provider={provider} way={way} />
        </div>
      )}
    </>
  );
}
