import type { ImportRun } from "@rolodesk/shared/import-run";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { readImport, steerImport } from "../../endpoints/imports.ts";
import { clockTime } from "../../relative-time.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { CrmRunCounts } from "./crm-run-counts.tsx";
import { CrmRunDetails } from "./crm-run-details.tsx";
import { progressText, runTitle, statusTag, strategyText } from "./crm-words.ts";

/** One import: how far it is, what became of the records, and what there is to say of single ones. */
export function CrmRunPage({ id }: { id: string }) {
  const run = useResource(
    `import ${id}`,
    () => readImport(id),
    (change) => change.kind === "import" && change.id === id,
  );
  useTitle(run.data ? runTitle(run.data) : "Import");
  return (
    <DetailPage back={{ path: "/imports/crms", label: "Imports" }}>
      <Loaded of={run} loading="Loading the import" lines={6}>
        {(data) => (
          <>
            <Head run={data} />
            <Progress run={data} />
            <Steering run={data} onSteered={run.set} />
            <CrmRunCounts run={data} />
            <CrmRunDetails run={data} />
          </>
        )}
      </Loaded>
    </DetailPage>
  );
}

function Head({ run }: { run: ImportRun }) {
  const { tone, text } = statusTag(run);
  return (
    <header class="log-head">
      <div class="log-title">
        <h1 dir="auto">{runTitle(run)}</h1>
        <Tag tone={tone}>{text}</Tag>
      </div>
      <p class="log-lead">
        Started {run.startedBy ? `by ${run.startedBy}` : "on schedule"} <RelativeTime at={run.createdAt} />. Where both
        sides changed a value, {strategyText(run.strategy, run.providerName)}.
        {run.tag && ` Only people with the tag “${run.tag}” become contacts.`}
      </p>
    </header>
  );
}

function Progress({ run }: { run: ImportRun }) {
  const isOver = run.status === "done" || run.status === "cancelled";
  const max = Math.max(1, run.expected ?? 1);
  const isMeasured = run.expected !== null && run.phase === "reading";
  return (
    <section class="queue-progress" aria-label="Progress">
      {!isOver && (
        <progress
          aria-label="Records read"
          {...(isMeasured || run.status !== "running" ? { max, value: Math.min(max, run.total) } : {})}
        />
      )}
      <p role="status">
        {progressText(run)}
        {run.nextAttemptAt && ` · goes on at ${clockTime(run.nextAttemptAt)}`}
      </p>
      {run.problem && <p class={run.status === "failed" ? "log-bad" : "log-note"}>{run.problem}</p>}
    </section>
  );
}

function Steering({ run, onSteered }: { run: ImportRun; onSteered: (run: ImportRun) => void }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  async function steer(action: "pause" | "resume" | "cancel"): Promise<void> {
    setBusy(action);
    setProblem(null);
    try {
      onSteered(await steerImport(run.id, action));
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(null);
    }
  }
  if (run.status === "done" || run.status === "cancelled") return null;
  const isMoving = run.status === "running" || run.status === "waiting";
  return (
    <>
      <div class="ui-row log-actions">
        {isMoving ? (
          <Button busy={busy === "pause"} onClick={() => void steer("pause")}>
            Pause
          </Button>
        ) : (
          <Button look="solid" busy={busy === "resume"} onClick={() => void steer("resume")}>
            Resume
          </Button>
        )}
        <ConfirmInline
          label="Cancel"
          question="What came in stays. A new import begins anew."
          confirmLabel="Cancel the import"
          busy={busy === "cancel"}
          onConfirm={() => void steer("cancel")}
        />
      </div>
      {problem && <ErrorCard message={problem} />}
    </>
  );
}
