import type { MadeEndpoint, WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { Plus } from "lucide";
import { useState } from "preact/hooks";
import { Loaded } from "../../../components/loaded.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { Tag } from "../../../components/tag.tsx";
import { counted } from "../../../counted.ts";
import { listEndpoints, postEndpoint } from "../../../endpoints/webhooks.ts";
import { followLink, hrefOf } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { OpensForm } from "../opens-form.tsx";
import { PageHeader } from "../page-header.tsx";
import { EndpointForm } from "./endpoint-form.tsx";
import { MadeSecret } from "./made-secret.tsx";
import { stateOf, waitingText } from "./webhook-words.ts";

export function WebhooksPage() {
  const endpoints = useResource("webhooks", listEndpoints, ({ kind }) => kind === "webhook");
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<MadeEndpoint | null>(null);
  return (
    <>
      <PageHeader
        title="Webhooks"
        lead="Tell your own programs what happens here, at once and signed."
        action={<OpensForm icon={Plus} label="New webhook" isOpen={adding} onOpen={() => setAdding(true)} />}
      />
      {adding && (
        <EndpointForm
          title="New webhook"
          submit="Add the webhook"
          onSend={async (input) => {
            setMade(await postEndpoint(input));
            setAdding(false);
            endpoints.reload();
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {made && <MadeSecret secret={made.secret} onClose={() => setMade(null)} />}
      <Loaded of={endpoints} loading="Loading webhooks">
        {({ endpoints: all }) =>
          all.length === 0 ? (
            !adding && <EmptyState>No program is told of anything yet.</EmptyState>
          ) : (
            <ul class="settings-list">
              {all.map((endpoint) => (
                <EndpointRow key={endpoint.id} endpoint={endpoint} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function EndpointRow({ endpoint }: { endpoint: WebhookEndpoint }) {
  const state = stateOf(endpoint);
  return (
    <li>
      <a class="settings-row settings-row-link" href={hrefOf(`/settings/webhooks/${endpoint.id}`)} onClick={followLink}>
        <span class="settings-row-main">
          <span class="settings-row-name">{endpoint.name}</span>
          <span class="settings-row-about">{endpoint.url}</span>
          <span class="settings-row-about">
            {counted(endpoint.events.length, "kind of event", "kinds of events")} · {waitingText(endpoint.waiting)}
          </span>
          {endpoint.problem && <span class="settings-row-problem">{endpoint.problem}</span>}
        </span>
        <Tag tone={state.tone}>{state.text}</Tag>
      </a>
    </li>
  );
}
