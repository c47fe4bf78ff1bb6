import type { ImportRun } from "@rolodesk/shared/import-run";
import { ChevronLeft } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { ConfirmInline } from "../../components/confirm-inline.tsx";
import { Icon } from "../../components/icon.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { readImport, steerImport } from "../../endpoints/imports.ts";
import { onChange, onReturn } from "../../live.ts";
import { clockTime } from "../../relative-time.ts";
import { createReread } from "../../reread.ts";
import { followLink, hrefOf } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { CrmRunCounts } from "./crm-run-counts.tsx";
import { CrmRunDetails } from "./crm-run-details.tsx";
import { progressText, runTitle, statusTag, strategyText } from "./crm-words.ts";

const REREAD_DELAY_MS = 300;

/** One import: how far it is, what became of the records, and what there is to say of single ones. */
export function CrmRunPage({ id }: { id: string }) {
  const { data, problem, reload, set } = useResource(`import ${id}`, () => readImport(id));
  useTitle(data ? runTitle(data) : "Import");
  useEffect(() => {
    const reread = createReread(async () => reload(), REREAD_DELAY_MS);
    const stops = [
      onChange((change) => change.kind === "import" && change.id === id && reread.ask()),
      onReturn(reread.ask),
      reread.stop,
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [id]);
  return (
    <div class="log-page">
      <a class="log-back" href={hrefOf("/imports/crms")} onClick={followLink}>
        <Icon node={ChevronLeft} />
        Imports
      </a>
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={6} label="Loading the import" />}
      {data && (
        <>
          <Head run={data} />
          <Progress run={data} />
          <Steering run={data} onSteered={set} />
          <CrmRunCounts run={data} />
          <CrmRunDetails run={data} />
        </>
      )}
    </div>
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
