import type { WebhookSecret, WebhookSetup } from "@rolodesk/shared/connection";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { ConfirmInline } from "../../../components/confirm-inline.tsx";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { postWebhookSecret, readWebhook } from "../../../endpoints/settings.ts";
import { useResource } from "../../../use-resource.ts";
import { SigningForm } from "./signing-form.tsx";
import { eventText, REFUSAL_WORDS } from "./webhook-words.ts";

/** Events are not pushed to this page: an admin who sets them up waits for the first. */
const ASK_AGAIN_MS = 5000;

interface CardProps {
  connectionId: string;
  providerName: string;
}

/** What to enter in the CRM so that it tells of changes at once, and what has come from there. */
export function WebhookCard({ connectionId, providerName }: CardProps) {
  const { data, problem, reload } = useResource(`webhook ${connectionId}`, () => readWebhook(connectionId));
  useEffect(() => {
    const timer = setInterval(reload, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [connectionId]);
  if (problem && !data) return <ErrorCard message={problem} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label="Loading the webhook" />;
  return (
    <section class="settings-card" aria-labelledby="webhook-title">
      <h3 id="webhook-title">Changes told by {providerName}</h3>
      <p class="ui-hint">
        With a webhook, an edit in {providerName} reaches open questions and the contact’s tab at once. Without one,
        Rolodesk reads a record again with the next sync.
      </p>
      <p role="status">
        <LastEvent setup={data} />
      </p>
      {data.lastRefusal && <LastRefusal refusal={data.lastRefusal} isNewest={isNewest(data)} />}
      <h4>Address</h4>
      <pre class="settings-code">{data.address}</pre>
      <div class="ui-row">
        <CopyButton text={data.address} what="address" />
      </div>
      <details class="settings-details">
        <summary>How to set it up in {providerName}</summary>
        <ol>
          {data.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </details>
      {data.signing && <SigningForm connectionId={connectionId} signing={data.signing} onSaved={reload} />}
      {data.own && <OwnSecret connectionId={connectionId} own={data.own} onMade={reload} />}
    </section>
  );
}

function LastEvent({ setup: { lastEvent } }: { setup: WebhookSetup }) {
  if (!lastEvent) return <>No events yet.</>;
  return (
    <>
      Last event <RelativeTime at={lastEvent.at} />: {eventText(lastEvent)}
    </>
  );
}

function isNewest({ lastEvent, lastRefusal }: WebhookSetup): boolean {
  return lastRefusal !== null && (lastEvent === null || lastRefusal.at > lastEvent.at);
}

interface RefusalProps {
  refusal: NonNullable<WebhookSetup["lastRefusal"]>;
  /** Nothing was believed since. */
  isNewest: boolean;
}

function LastRefusal({ refusal: { at, count, reason }, isNewest }: RefusalProps) {
  const { why, mend } = REFUSAL_WORDS[reason];
  return (
    <div class={isNewest ? "settings-refusal settings-refusal-new" : "settings-refusal"}>
      <p>
        Last refused <RelativeTime at={at} />: {why}.{count > 1 && ` ${count} deliveries were refused in all.`}
      </p>
      {isNewest && <p>{mend}</p>}
    </div>
  );
}

interface OwnSecretProps {
  connectionId: string;
  own: NonNullable<WebhookSetup["own"]>;
  onMade: () => void;
}

function OwnSecret({ connectionId, own, onMade }: OwnSecretProps) {
  const [made, setMade] = useState<WebhookSecret | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function make(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setMade(await postWebhookSecret(connectionId));
      onMade();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <h4>{own.label}</h4>
      <p class="ui-hint">{own.hint}</p>
      {made && (
        <div class="settings-secret" role="status">
          <p>
            <strong>Copy it now. It is not shown again.</strong>
          </p>
          <pre class="settings-code">{made.address ?? made.secret}</pre>
          <div class="ui-row">
            <CopyButton text={made.address ?? made.secret} what={made.address ? "address" : "secret"} />
          </div>
        </div>
      )}
      <Refusal problem={problem} />
      <div class="ui-row">
        {own.isSet ? (
          <ConfirmInline
            label="Replace the secret"
            question="What still comes with the old secret is refused at once. Enter the new one in the CRM right after."
            confirmLabel="Replace"
            busy={busy}
            onConfirm={() => void make()}
          />
        ) : (
          <Button busy={busy} onClick={() => void make()}>
            Create a secret
          </Button>
        )}
      </div>
    </>
  );
}
