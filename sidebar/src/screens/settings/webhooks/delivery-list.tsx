import "../../../theme/log.css";
import "../../../theme/webhooks.css";
import { DELIVERY_STATUSES } from "@rolodesk/shared/vocabulary";
import type { WebhookDelivery, WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { RotateCw } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { Select } from "../../../components/field.tsx";
import { Paged } from "../../../components/paged.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { Tag } from "../../../components/tag.tsx";
import { listDeliveries, postRedelivery } from "../../../endpoints/webhooks.ts";
import { absoluteTime } from "../../../relative-time.ts";
import { showToast } from "../../../toasts.ts";
import { usePages } from "../../../use-pages.ts";
import { deliveryState, EVENT_WORDS, laidOut } from "./webhook-words.ts";

type Shown = WebhookDelivery["status"] | "";

const STATUS_WORDS = { waiting: "Waiting", delivered: "Delivered", failed: "Given up" } as const;
const SHOWN: readonly { value: Shown; label: string }[] = [
  { value: "", label: "All deliveries" },
  ...DELIVERY_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] })),
];

export function DeliveryList({ endpoint }: { endpoint: WebhookEndpoint }) {
  const [shown, setShown] = useState<Shown>("");
  const pages = usePages({
    key: `${endpoint.id} ${shown}`,
    read: (page) => listDeliveries(endpoint.id, { ...page, ...(shown === "" ? {} : { status: shown }) }),
    follows: ({ kind, id }) => kind === "webhook" && id === endpoint.id,
  });
  return (
    <section class="settings-card" aria-label="Deliveries">
      <header class="settings-card-head webhook-deliveries-head">
        <h3>Deliveries</h3>
        <Select aria-label="Which deliveries" value={shown} options={SHOWN} onValue={setShown} />
      </header>
      <Paged
        pages={pages}
        loading="Loading deliveries"
        empty={<EmptyState>{shown === "" ? "Nothing was sent yet." : "No delivery is in this state."}</EmptyState>}
      >
        {(deliveries) => (
          <ul class="webhook-deliveries">
            {deliveries.map((delivery) => (
              <Delivery key={delivery.id} delivery={delivery} canSend={endpoint.state === "active"} />
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}

function Delivery({ delivery, canSend }: { delivery: WebhookDelivery; canSend: boolean }) {
  const state = deliveryState(delivery);
  return (
    <li>
      <details class="webhook-delivery">
        <summary>
          <span class="webhook-delivery-main">
            <span>{EVENT_WORDS[delivery.type]}</span>
            <span class="ui-hint">
              <RelativeTime at={delivery.createdAt} />
              {delivery.attempts > 1 && ` · ${delivery.attempts} tries`}
              {delivery.answerStatus !== null && ` · status ${delivery.answerStatus}`}
              {delivery.durationMs !== null && ` · ${delivery.durationMs} ms`}
            </span>
          </span>
          <Tag tone={state.tone}>{state.text}</Tag>
        </summary>
        <div class="webhook-delivery-about">
          {delivery.problem && <p class="settings-row-problem">{delivery.problem}</p>}
          {delivery.status === "waiting" && delivery.nextAttemptAt && (
            <p class="ui-hint">Next try: {absoluteTime(delivery.nextAttemptAt)}</p>
          )}
          <h4>Sent as {delivery.eventId}</h4>
          <pre class="settings-code">{laidOut(delivery.body)}</pre>
          {delivery.answer && (
            <>
              <h4>Answer</h4>
              <pre class="settings-code">{delivery.answer}</pre>
            </>
          )}
          {canSend && <SendAgain id={delivery.id} />}
        </div>
      </details>
    </li>
  );
}

function SendAgain({ id }: { id: string }) {
  const [busy, setBusy] = useState(false);
  async function send(): Promise<void> {
    setBusy(true);
    try {
      await postRedelivery(id);
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button small icon={RotateCw} busy={busy} onClick={() => void send()}>
      Send again
    </Button>
  );
}
