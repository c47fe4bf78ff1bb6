import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { SyncRun } from "@rolodesk/shared/sync-run";
import { ArrowRight, CircleAlert, CircleCheck, CircleDashed, CircleDot, RotateCw } from "lucide";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { useNow } from "../../now.ts";
import { retryRun, syncNow } from "./crm-actions.ts";
import type { CrmState } from "./crm-state.ts";
import { RunDecisions } from "./run-decisions.tsx";
import { describeRun, isUnfinished, type RunWords } from "./run-words.ts";

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
          busy={asking || (unfinished && latestRun.status !== "waiting")}
          disabled={connection.status !== "active"}
          label={`Sync to ${connection.name}`}
          onClick={() => void syncNow(state, connection.id)}
        >
          Sync
        </Button>
        <div class="run-result" role="status" aria-live="polite">
          {latestRun ? (
            <Indicator run={latestRun} crmName={connection.name} />
          ) : (
            !tab.link && <p class="ui-hint">Not synced yet</p>
          )}
        </div>
      </div>
      {refusal && (
        <p class="run-refusal" role="alert">
          {refusal}
        </p>
      )}
      {latestRun && <RunAbout state={state} run={latestRun} crmName={connection.name} asking={asking} />}
    </section>
  );
}

const TONE_ICONS = { ok: CircleCheck, plain: CircleDot, danger: CircleAlert, choice: CircleDashed } as const;

function Indicator({ run, crmName }: { run: SyncRun; crmName: string }) {
  const now = useNow(COUNTDOWN_MS);
  const words = describeRun(run, crmName, now);
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
  crmName: string;
  asking: boolean;
}

function RunAbout({ state, run, crmName, asking }: RunAboutProps) {
  const words: RunWords = describeRun(run, crmName, Date.now());
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
