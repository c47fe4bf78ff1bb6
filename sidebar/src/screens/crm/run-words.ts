import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { SyncRun } from "@rolodesk/shared/sync-run";
import { counted } from "../../counted.ts";
import { secondsUntil } from "../../relative-time.ts";

export interface RunWords {
  tone: "busy" | "ok" | "plain" | "danger" | "choice";
  /** The indicator beside the Sync button. */
  text: string;
  /** The server's own words, where they add something. */
  detail: string | null;
  canRetry: boolean;
}

type ToldRun = Pick<
  SyncRun,
  "status" | "result" | "reason" | "conflictsQueued" | "decisions" | "matchedBy" | "nextAttemptAt" | "candidates"
>;

interface Told {
  crmName: string;
  now: number;
  /** Rows of the conflicts panel that wait in this CRM now. */
  pendingRows: number;
}

/** What a run is doing or has done, in words, for every status and result there is. */
export function describeRun(run: ToldRun, { crmName, now, pendingRows }: Told): RunWords {
  if (run.status === "queued") return busy("Waiting to start");
  if (run.status === "running") return busy(`Syncing with ${crmName}`);
  if (run.status === "waiting") return busy(waitingText(run, now));
  if (run.status === "failed" || run.result === null) return failed(run);
  if (run.result === "unchanged" && run.conflictsQueued === 0 && pendingRows > 0) {
    return told("plain", `Nothing new · ${conflictsText(pendingRows)} pending`, run);
  }
  return finished(run, run.result, crmName);
}

function finished(run: ToldRun, result: NonNullable<ToldRun["result"]>, crmName: string): RunWords {
  switch (result) {
    case "created":
      return told("ok", withConflicts(`Created in ${crmName}`, run), run);
    case "updated":
      return told("ok", withConflicts("Updated", run), run);
    case "unchanged":
      // what ends without a look at a record says why
      return run.reason === null
        ? told("ok", withConflicts("Already up to date", run), run)
        : told("plain", withConflicts("Nothing written", run), run);
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
function writtenText(run: ToldRun, crmName: string): string | null {
  if (run.matchedBy === "created") return `Created in ${crmName}`;
  const wrote = run.decisions.some((decision) => decision.kind === "fill" || decision.kind === "overwrite");
  return wrote ? "Updated" : null;
}

function withConflicts(text: string | null, run: ToldRun): string {
  if (run.conflictsQueued === 0) return text ?? "Conflicts are waiting";
  const queued = `${conflictsText(queuedRows(run))} queued`;
  return text ? `${text} · ${queued}` : queued;
}

/** First and last name are two fields and one row of the panel; the count speaks of rows. */
function queuedRows(run: ToldRun): number {
  const fields = run.decisions.filter(({ kind }) => kind === "conflict").map(({ field }) => field);
  const wholeName = fields.includes("firstName") && fields.includes("lastName");
  return Math.max(1, run.conflictsQueued - (wholeName ? 1 : 0));
}

function conflictsText(count: number): string {
  return counted(count, "conflict", "conflicts");
}

function waitingText(run: ToldRun, now: number): string {
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

function told(tone: RunWords["tone"], text: string, run: ToldRun): RunWords {
  return { tone, text, detail: run.reason, canRetry: false };
}

function failed(run: ToldRun): RunWords {
  return { tone: "danger", text: "Sync failed", detail: run.reason, canRetry: true };
}

/** Of a run whose connection takes none at the moment: nothing is under way, and nothing is lost. */
export function heldWords({ name, status }: Pick<CrmTab["connection"], "name" | "status">): RunWords {
  const until = status === "paused" ? "resumed" : "reconnected";
  return { tone: "plain", text: `Waits until ${name} is ${until}`, detail: null, canRetry: false };
}

export function isUnfinished(run: Pick<SyncRun, "status">): boolean {
  return run.status === "queued" || run.status === "running" || run.status === "waiting";
}
