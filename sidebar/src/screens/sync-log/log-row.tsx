import type { SyncRunSummary } from "@rolodesk/shared/sync-log";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Tag } from "../../components/tag.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { countsText, durationText, outcomeOf, TRIGGER_WORDS } from "./log-words.ts";

/** One sync in a list. `plain` leaves out whom it was about, where that is known. */
export function LogRow({ run, plain = false }: { run: SyncRunSummary; plain?: boolean }) {
  const outcome = outcomeOf(run);
  const counts = countsText(run);
  return (
    <li>
      <a class="log-row" href={hrefOf(`/sync/${run.id}`)} onClick={followLink}>
        <ProviderMark provider={run.provider} />
        <span class="log-row-main">
          {!plain && (
            <span class="log-row-name" dir="auto">
              {run.person.label}
            </span>
          )}
          <span class="log-row-about">
            {run.connectionName} · {run.siteName} · {TRIGGER_WORDS[run.trigger]}
            {run.durationMs !== null && ` · ${durationText(run.durationMs)}`}
          </span>
          {run.reason && (
            <span class={`log-row-why ui-clamp${run.status === "failed" ? " log-bad" : ""}`}>{run.reason}</span>
          )}
        </span>
        <span class="log-row-outcome">
          <Tag tone={outcome.tone}>{outcome.text}</Tag>
          {counts && <span class="log-row-counts">{counts}</span>}
        </span>
        <RelativeTime at={run.createdAt} style="short" />
      </a>
    </li>
  );
}
