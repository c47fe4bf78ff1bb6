import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { SyncRun } from "@rolodesk/shared/sync-run";
import { ArrowRight, CircleAlert, CircleCheck, CircleDashed, CircleDot, RotateCw } from "lucide";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { useNow } from "../../now.ts";
import { conflictRows } from "./conflict-rows.ts";
import { retryRun, syncNow } from "./crm-actions.ts";
import type { CrmState } from "./crm-state.ts";
import { RunDecisions } from "./run-decisions.tsx";
import { describeRun, heldWords, isUnfinished, type RunWords } from "./run-words.ts";

const COUNTDOWN_MS = 1000;

/** The Sync button and, beside it, what the latest run did or is doing. */
export function RunLine({ state, tab }: { state: CrmState; tab: CrmTab }) {
  const { connection, latestRun } = tab;
  const asking = state.asking.value.has(connection.id);
  const unfinished = latestRun !== null && isUnfinished(latestRun);
  const refusal = state.refusals.value.get(connection.id);
  return (
    <section class="run" aria-label="Sync">
      <div class="run-line">
        <Button
          trailingIcon={ArrowRight}
          busy={asking || (unfinished && latestRun.status !== "waiting" && connection.status === "active")}
          disabled={connection.status !== "active"}
          label={`Sync to ${connection.name}`}
          onClick={() => void syncNow(state, connection.id)}
        >
          Sync
        </Button>
        <div class="run-result" role="status" aria-live="polite">
          {latestRun ? <Indicator run={latestRun} tab={tab} /> : !tab.link && <p class="ui-hint">Not synced yet</p>}
        </div>
      </div>
      {refusal && (
        <p class="run-refusal" role="alert">
          {refusal}
        </p>
      )}
      {latestRun && <RunAbout state={state} run={latestRun} tab={tab} asking={asking} />}
    </section>
  );
}

const TONE_ICONS = { ok: CircleCheck, plain: CircleDot, danger: CircleAlert, choice: CircleDashed } as const;

function wordsOf(run: SyncRun, tab: CrmTab, now: number): RunWords {
  if (isUnfinished(run) && tab.connection.status !== "active") return heldWords(tab.connection);
  return describeRun(run, { crmName: tab.connection.name, now, pendingRows: conflictRows(tab.conflicts).length });
}

function Indicator({ run, tab }: { run: SyncRun; tab: CrmTab }) {
  const now = useNow(COUNTDOWN_MS);
  const words = wordsOf(run, tab, now);
  return (
    <p class={`run-indicator run-${words.tone}`}>
      {words.tone === "busy" ? <span class="ui-spinner" /> : <Icon node={TONE_ICONS[words.tone]} />}
      <span>{words.text}</span>
    </p>
  );
}

interface RunAboutProps {
  state: CrmState;
  run: SyncRun;
  tab: CrmTab;
  asking: boolean;
}

function RunAbout({ state, run, tab, asking }: RunAboutProps) {
  const words = wordsOf(run, tab, Date.now());
  return (
    <div class="run-about">
      {words.detail && (
        <p class={words.tone === "danger" ? "run-reason run-reason-danger" : "run-reason"}>{words.detail}</p>
      )}
      {run.suggestion && <p class="run-reason">{run.suggestion}</p>}
      {words.canRetry && (
        <Button small icon={RotateCw} busy={asking} onClick={() => void retryRun(state, run)}>
          Retry
        </Button>
      )}
      <RunDecisions run={run} />
    </div>
  );
}
