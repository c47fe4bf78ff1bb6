import type { SyncRunDetail } from "@rolodesk/shared/sync-log";
import { ExternalLink, RotateCw } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { postRetry } from "../../endpoints/crm.ts";
import { readRunDetail } from "../../endpoints/sync-log.ts";
import { absoluteTime } from "../../relative-time.ts";
import { followLink, hrefOf } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { LogRow } from "./log-row.tsx";
import { countsText, durationText, outcomeOf, TRIGGER_WORDS } from "./log-words.ts";
import { RunCalls, RunFields } from "./run-tables.tsx";

/** One sync, with everything it decided and did, renewed while it runs. */
export function RunPage({ id }: { id: string }) {
  const run = useResource(
    `run ${id}`,
    () => readRunDetail(id),
    (change) => change.kind === "sync_run" && change.id === id,
  );
  useTitle(run.data ? `Sync of ${run.data.person.label}` : "Sync");
  return (
    <DetailPage back={{ path: "/sync", label: "Sync log" }}>
      <Loaded of={run} loading="Loading the sync" lines={6}>
        {(data) => <Run run={data} onChanged={run.reload} />}
      </Loaded>
    </DetailPage>
  );
}

function Run({ run, onChanged }: { run: SyncRunDetail; onChanged: () => void }) {
  const outcome = outcomeOf(run);
  const counts = countsText(run);
  return (
    <>
      <header class="log-head">
        <div class="log-title">
          <h1 dir="auto">
            {run.contactId === null ? (
              run.person.label
            ) : (
              <a class="log-person" href={hrefOf(`/contacts/${run.contactId}`)} onClick={followLink}>
                {run.person.label}
              </a>
            )}
          </h1>
          <Tag tone={outcome.tone}>{outcome.text}</Tag>
        </div>
        <p class="log-lead">
          To {run.connectionName}
          {run.connectionName !== run.connection.providerName && ` (${run.connection.providerName})`} ·{" "}
          <RelativeTime at={run.createdAt} />
          {counts && ` · ${counts}`}
        </p>
      </header>
      {run.reason && <p class={`log-why${run.status === "failed" ? " log-bad" : ""}`}>{run.reason}</p>}
      {run.suggestion && <p class="log-why">{run.suggestion}</p>}
      <RunActions run={run} onChanged={onChanged} />
      <RunFacts run={run} />
      <RunFields run={run} />
      <RunCalls run={run} />
      <History run={run} />
    </>
  );
}

function RunActions({ run, onChanged }: { run: SyncRunDetail; onChanged: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function retry(): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await postRetry(run.id);
      onChanged();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  const canRetry = run.status === "failed" || run.status === "waiting";
  return (
    <>
      <div class="ui-row log-actions">
        {canRetry && (
          <Button look="solid" icon={RotateCw} busy={busy} onClick={() => void retry()}>
            {run.status === "waiting" ? "Try again now" : "Retry"}
          </Button>
        )}
        {run.conversationId && (
          <a class="ui-button ui-button-outline" href={hrefOf(`/inbox/${run.conversationId}`)} onClick={followLink}>
            Open the conversation
          </a>
        )}
        {run.record?.url && (
          <a class="ui-button ui-button-outline" href={run.record.url} target="_blank" rel="noopener noreferrer">
            Open in {run.connection.providerName}
            <Icon node={ExternalLink} />
          </a>
        )}
      </div>
      {problem && <ErrorCard message={problem} />}
    </>
  );
}

function RunFacts({ run }: { run: SyncRunDetail }) {
  const facts: [string, string][] = [
    ["Began because", TRIGGER_WORDS[run.trigger]],
    ["Site", run.siteName],
    ["Began", absoluteTime(run.createdAt)],
    ["Finished", run.finishedAt ? absoluteTime(run.finishedAt) : "Not yet"],
    ...(run.status === "waiting" && run.nextAttemptAt
      ? [["Next attempt", absoluteTime(run.nextAttemptAt)] satisfies [string, string]]
      : []),
    ["Attempts", String(run.attempts)],
    ["Duration", run.durationMs === null ? "None yet" : durationText(run.durationMs)],
    ["Record", run.record ? `${run.record.object} ${run.record.externalId}` : "Not linked"],
  ];
  return (
    <dl class="log-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function History({ run }: { run: SyncRunDetail }) {
  if (run.history.length === 0 || !run.contactId) return null;
  const all = new URLSearchParams({ connection: run.connectionId, contact: run.contactId });
  return (
    <section class="log-section">
      <h2>Other syncs of this person to {run.connectionName}</h2>
      <ul class="log-rows">
        {run.history.map((other) => (
          <LogRow key={other.id} run={other} plain />
        ))}
      </ul>
      <a class="ui-link" href={hrefOf(`/sync?${all}`)} onClick={followLink}>
        Show all in the log
      </a>
    </section>
  );
}
