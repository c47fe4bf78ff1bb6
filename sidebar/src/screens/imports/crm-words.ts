import type { ImportOutcome, ImportRun, ImportStatus, ImportStrategy } from "@rolodesk/shared/import-run";
import type { TagTone } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";

const STATUS_TAGS: Readonly<Record<ImportStatus, { readonly tone: TagTone; readonly text: string }>> = {
  running: { tone: "accent", text: "Running" },
  waiting: { tone: "plain", text: "Waiting" },
  paused: { tone: "plain", text: "Paused" },
  failed: { tone: "danger", text: "Failed" },
  done: { tone: "ok", text: "Done" },
  cancelled: { tone: "plain", text: "Cancelled" },
};

export const OUTCOME_TAGS: Readonly<Record<ImportOutcome, { readonly tone: TagTone; readonly text: string }>> = {
  imported: { tone: "ok", text: "Imported" },
  updated: { tone: "ok", text: "Updated" },
  skipped: { tone: "plain", text: "Skipped" },
  conflict: { tone: "amber", text: "Conflict" },
  error: { tone: "danger", text: "Error" },
};

export function statusTag(run: Pick<ImportRun, "status" | "errors">): {
  readonly tone: TagTone;
  readonly text: string;
} {
  if (run.status === "done" && run.errors > 0) return { tone: "danger", text: "Done with errors" };
  return STATUS_TAGS[run.status];
}

/** "Everybody from Northwind HubSpot" */
export function runTitle({ kind, connectionName }: Pick<ImportRun, "kind" | "connectionName">): string {
  return kind === "full" ? `Everybody from ${connectionName}` : `Changes from ${connectionName}`;
}

/** "120 new · 4 updated · 2 errors"; null while there is nothing to tell. */
export function countsText(
  run: Pick<ImportRun, "imported" | "updated" | "conflicts" | "errors" | "unlinked">,
): string | null {
  const parts = [
    run.imported > 0 ? `${run.imported.toLocaleString()} new` : null,
    run.updated > 0 ? `${run.updated.toLocaleString()} updated` : null,
    run.conflicts > 0 ? counted(run.conflicts, "conflict", "conflicts") : null,
    run.errors > 0 ? counted(run.errors, "error", "errors") : null,
    run.unlinked > 0 ? `${run.unlinked.toLocaleString()} gone` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" · ");
}

/** "4,300 of 10,000 records · 520 a second · about 11 s left" */
export function progressText(run: ImportRun): string {
  const { total, expected, perSecond, secondsLeft, status, phase } = run;
  const records =
    expected === null
      ? counted(total, "record", "records")
      : `${total.toLocaleString()} of ${counted(expected, "record", "records")}`;
  if (status === "done" || status === "cancelled") return counted(total, "record", "records");
  if (phase === "checking") return `${counted(total, "record", "records")} read. Looking for those who are gone.`;
  const isMoving = status === "running";
  const parts = [
    records,
    isMoving && perSecond !== null ? `${Math.max(1, Math.round(perSecond)).toLocaleString()} a second` : null,
    isMoving && secondsLeft !== null ? `about ${timeText(secondsLeft)} left` : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function timeText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** What a strategy does where both sides changed a value. */
export function strategyText(strategy: ImportStrategy, providerName: string): string {
  if (strategy === "crm") return `${providerName}’s value wins`;
  return strategy === "ours" ? "Rolodesk’s value wins" : "an agent decides";
}
