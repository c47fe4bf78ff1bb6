import "../../theme/merge.css";
import type { Erasure, ErasureStep } from "@rolodesk/shared/erasure";
import { RotateCw } from "lucide";
import { useEffect } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { readErasure, retryErasure } from "../../endpoints/erasures.ts";
import { useFormSend } from "../../forms/use-form-send.ts";
import { absoluteTime } from "../../relative-time.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { ERASURE_TAGS, STEP_TAGS, stepText } from "./erasure-words.ts";
import { countsWords } from "./merge-words.ts";

const LOOK_AGAIN_MS = 3_000;

/** One erasure: how far it is, and the proof of it. */
export function ErasurePage({ id }: { id: string }) {
  const erasure = useResource(`erasure:${id}`, () => readErasure(id));
  useTitle("Erasure");
  const isRunning = erasure.data?.status === "running";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(erasure.reload, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isRunning]);
  return (
    <DetailPage back={{ path: "/contacts/erasures", label: "Erasures" }}>
      <Loaded of={erasure} loading="Loading the erasure" lines={5}>
        {(data) => <Proof erasure={data} onChanged={erasure.set} />}
      </Loaded>
    </DetailPage>
  );
}

function Proof({ erasure, onChanged }: { erasure: Erasure; onChanged: (erasure: Erasure) => void }) {
  const form = useFormSend([], async () => onChanged(await retryErasure(erasure.id)));
  const { tone, text } = ERASURE_TAGS[erasure.status];
  return (
    <>
      <header class="log-head">
        <div class="log-title">
          <h1>A person was erased</h1>
          <Tag tone={tone}>{text}</Tag>
        </div>
        <p class="log-lead" dir="auto">
          Contact {erasure.contactId} · asked for by {erasure.askedBy} · <RelativeTime at={erasure.at} />
        </p>
      </header>
      <section class="queue-card">
        <h2>Here</h2>
        <p>Erased {absoluteTime(erasure.erasedHereAt)}.</p>
        <p class="merge-moves">{countsWords(erasure.erased)}</p>
      </section>
      <section class="queue-card">
        <h2>In the CRMs</h2>
        {erasure.steps.length === 0 && <p class="log-none">They had no record in a CRM.</p>}
        <ul class="erase-steps">
          {erasure.steps.map((step) => (
            <Step key={step.id} step={step} />
          ))}
        </ul>
        {form.problem && <ErrorCard message={form.problem} />}
        {erasure.status === "failed" && (
          <div class="ui-row">
            <Button icon={RotateCw} busy={form.busy} onClick={form.send}>
              Try again
            </Button>
          </div>
        )}
      </section>
    </>
  );
}

function Step({ step }: { step: ErasureStep }) {
  const { tone, text } = STEP_TAGS[step.status];
  return (
    <li>
      <strong dir="auto">{step.connection.name}</strong>
      <Tag tone={tone}>{text}</Tag>
      <p>{stepText(step)}</p>
      {step.problem && <p class={step.status === "failed" ? "log-bad" : "ui-hint"}>{step.problem}</p>}
      {step.doneAt && <p class="ui-hint">{absoluteTime(step.doneAt)}</p>}
      {step.crmRequestIds.length > 0 && <p class="ui-hint">The CRM’s request ids: {step.crmRequestIds.join(", ")}</p>}
    </li>
  );
}
