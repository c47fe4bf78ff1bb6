import type { SyncRun } from "@rolodesk/shared/sync-run";
import { secondsUntil } from "../../relative-time.ts";

export interface RunWords {
  tone: "busy" | "ok" | "plain" | "danger" | "choice";
  /** The indicator beside the Sync button. */
  text: string;
  /** The server's own words, where they add something. */
  detail: string | null;
  canRetry: boolean;
}

type Told = Pick<
  SyncRun,
  "status" | "result" | "reason" | "conflictsQueued" | "decisions" | "matchedBy" | "nextAttemptAt" | "candidates"
>;

/** What a run is doing or has done, in words, for every status and result there is. */
export function describeRun(run: Told, crmName: string, now: number): RunWords {
  if (run.status === "queued") return busy("Waiting to start");
  if (run.status === "running") return busy(`Syncing with ${crmName}`);
  if (run.status === "waiting") return busy(waitingText(run, now));
  if (run.status === "failed" || run.result === null) return failed(run);
  return finished(run, run.result, crmName);
}

function finished(run: Told, result: NonNullable<Told["result"]>, crmName: string): RunWords {
  switch (result) {
    case "created":
      return told("ok", withConflicts(`Created in ${crmName}`, run), run);
    case "updated":
      return told("ok", withConflicts("Updated", run), run);
    case "unchanged":
      return told("ok", withConflicts("Already up to date", run), run);
    case "conflicts_queued":
      return told("plain", withConflicts(writtenText(run, crmName), run), run);
    case "existing_lead":
      return told("plain", withConflicts("Open lead found, no duplicate made", run), run);
    case "needs_choice":
      return run.candidates.length > 0
        ? told("choice", "Several records fit: choose one", run)
        : told("plain", "No record chosen for now", run);
    case "skipped_no_key":
      return told("plain", "Not synced: no email or phone yet", run);
    case "failed":
      return failed(run);
  }
}

/** What a run that queued conflicts wrote besides; null when it wrote nothing. */
function writtenText(run: Told, crmName: string): string | null {
  if (run.matchedBy === "created") return `Created in ${crmName}`;
  const wrote = run.decisions.some((decision) => decision.kind === "fill" || decision.kind === "overwrite");
  return wrote ? "Updated" : null;
}

function withConflicts(text: string | null, run: Told): string {
  if (run.conflictsQueued === 0) return text ?? "Conflicts are waiting";
  const queued = run.conflictsQueued === 1 ? "1 conflict queued" : `${run.conflictsQueued} conflicts queued`;
  return text ? `${text} · ${queued}` : queued;
}

function waitingText(run: Told, now: number): string {
  if (!run.nextAttemptAt) return run.reason ? `Waiting: ${run.reason}` : "Waiting";
  const seconds = secondsUntil(run.nextAttemptAt, now);
  const when = seconds === 0 ? "Trying again now" : `Trying again in ${durationText(seconds)}`;
  return run.reason ? `${when}: ${run.reason}` : when;
}

function durationText(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function busy(text: string): RunWords {
  return { tone: "busy", text, detail: null, canRetry: false };
}

function told(tone: RunWords["tone"], text: string, run: Told): RunWords {
  return { tone, text, detail: run.reason, canRetry: false };
}

function failed(run: Told): RunWords {
  return { tone: "danger", text: "Sync failed", detail: run.reason, canRetry: true };
}

export function isUnfinished(run: Pick<SyncRun, "status">): boolean {
  return run.status === "queued" || run.status === "running" || run.status === "waiting";
}
