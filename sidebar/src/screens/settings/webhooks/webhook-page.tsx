import type { WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { Pencil, Send } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { Loaded } from "../../../components/loaded.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { Tag } from "../../../components/tag.tsx";
import {
  deleteEndpoint,
  listEndpoints,
  patchEndpoint,
  postEndpointSecret,
  postEndpointTest,
} from "../../../endpoints/webhooks.ts";
import { absoluteTime } from "../../../relative-time.ts";
import { navigate } from "../../../router.ts";
import { showToast } from "../../../toasts.ts";
import { useResource } from "../../../use-resource.ts";
import { PageHeader } from "../page-header.tsx";
import { DeliveryList } from "./delivery-list.tsx";
import { EndpointForm } from "./endpoint-form.tsx";
import { MadeSecret } from "./made-secret.tsx";
import { EVENT_WORDS, stateOf, waitingText } from "./webhook-words.ts";

const BACK = { path: "/settings/webhooks", label: "Webhooks" };

export function WebhookPage({ id }: { id: string }) {
  const endpoints = useResource("webhooks", listEndpoints, (change) => change.kind === "webhook" && change.id === id);
  const [editing, setEditing] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const endpoint = endpoints.data?.endpoints.find((one) => one.id === id);
  return (
    <>
      <PageHeader title={endpoint?.name ?? "Webhook"} back={BACK} lead={endpoint?.url} />
      <Loaded of={endpoints} loading="Loading the webhook" lines={6}>
        {() => !endpoint && <EmptyState>This webhook does not exist any more.</EmptyState>}
      </Loaded>
      {secret && <MadeSecret secret={secret} onClose={() => setSecret(null)} />}
      {endpoint && editing && (
        <EndpointForm
          title="Change the webhook"
          submit="Save"
          endpoint={endpoint}
          onSend={async (input) => {
            await patchEndpoint(id, input);
            setEditing(false);
            endpoints.reload();
          }}
          onCancel={() => setEditing(false)}
        />
      )}
      {endpoint && !editing && (
        <StateCard
          endpoint={endpoint}
          onEdit={() => setEditing(true)}
          onSecret={setSecret}
          onChanged={endpoints.reload}
        />
      )}
      {endpoint && <DeliveryList endpoint={endpoint} />}
    </>
  );
}

interface StateCardProps {
  endpoint: WebhookEndpoint;
  onEdit: () => void;
  onSecret: (secret: string) => void;
  onChanged: () => void;
}

function StateCard({ endpoint, onEdit, onSecret, onChanged }: StateCardProps) {
  const state = stateOf(endpoint);
  const isActive = endpoint.state === "active";
  async function act(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      onChanged();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    }
  }
  return (
    <section class="settings-card" aria-label="State">
      <header class="settings-card-head">
        <h3>State</h3>
        <Tag tone={state.tone}>{state.text}</Tag>
      </header>
      <dl class="settings-facts">
        <dt>Told when</dt>
        <dd>{endpoint.events.map((type) => EVENT_WORDS[type]).join(" · ")}</dd>
        <dt>Queue</dt>
        <dd>{endpoint.waiting === 0 ? "Empty" : waitingText(endpoint.waiting)}</dd>
      </dl>
      <Trouble endpoint={endpoint} />
      {endpoint.formerSecretUntil && (
        <p class="ui-hint">The former secret counts, too, until {absoluteTime(endpoint.formerSecretUntil)}.</p>
      )}
      <div class="ui-row">
        {isActive && (
          <Button icon={Send} onClick={() => void act(() => postEndpointTest(endpoint.id))}>
            Send a test
          </Button>
        )}
        <Button onClick={() => void act(() => patchEndpoint(endpoint.id, { active: !isActive }))}>
          {isActive ? "Pause" : "Start"}
        </Button>
        <Button icon={Pencil} onClick={onEdit}>
          Change
        </Button>
        <ConfirmInline
          label="New secret"
          question="For 24 hours deliveries carry two signatures, so that nothing is missed meanwhile."
          confirmLabel="Make a new secret"
          onConfirm={() => void act(async () => onSecret((await postEndpointSecret(endpoint.id)).secret))}
        />
        <ConfirmInline
          danger
          label="Remove"
          question={`${endpoint.name} is told nothing any more, and its log goes too.`}
          confirmLabel="Remove"
          onConfirm={() =>
            void act(async () => {
              await deleteEndpoint(endpoint.id);
              navigate(BACK.path);
            })
          }
        />
      </div>
    </section>
  );
}

function Trouble({ endpoint: { state, problem, failingSince } }: { endpoint: WebhookEndpoint }) {
  if (problem === null) return null;
  return (
    <p class="settings-row-problem" role="alert">
      {state === "disabled" && "It is told nothing any more. "}
      {problem}
      {failingSince && (
        <>
          {" "}
          First failed <RelativeTime at={failingSince} />.
        </>
      )}
    </p>
  );
}
