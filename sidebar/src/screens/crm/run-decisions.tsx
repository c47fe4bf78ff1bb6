import type { SyncRun } from "@rolodesk/shared/sync-run";
import type { DecisionKind } from "@rolodesk/shared/vocabulary";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { RelativeTime } from "../../components/relative-time.tsx";
import { counted } from "../../counted.ts";

const KIND_WORDS: Readonly<Record<DecisionKind, string>> = {
  fill: "Filled",
  overwrite: "Replaced",
  conflict: "Asks you",
  noop: "Left as it was",
};

const TRIGGER_WORDS: Readonly<Record<SyncRun["trigger"], string>> = {
  conversation_end: "when the chat ended",
  agent: "by hand",
  choice: "after a choice",
};

/** What a run did to each field, and why. */
export function RunDecisions({ run }: { run: SyncRun }) {
  if (run.decisions.length === 0) return null;
  return (
    <details class="run-decisions">
      <summary>What this sync did</summary>
      <p class="ui-hint">
        <RelativeTime at={run.finishedAt ?? run.createdAt} />, {TRIGGER_WORDS[run.trigger]}. {callsText(run.calls)}
        {run.durationMs !== null && `, ${run.durationMs} ms`}.
      </p>
      <ul>
        {run.decisions.map((decision) => (
          <li key={`${decision.field}${decision.property}`}>
            <span class="run-field">{fieldLabel(decision.field)}</span>
            <span class={`run-kind run-kind-${decision.kind}`}>{KIND_WORDS[decision.kind]}</span>
            <span class="run-why">{decision.reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function callsText(calls: number): string {
  return counted(calls, "call to the CRM", "calls to the CRM");
}
