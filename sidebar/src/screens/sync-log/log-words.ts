import type { SyncRunSummary } from "@rolodesk/shared/sync-log";
import type { RunResult, RunTrigger } from "@rolodesk/shared/vocabulary";
import type { TagTone } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";

export const RESULT_WORDS: Readonly<Record<RunResult, string>> = {
  created: "Created",
  updated: "Updated",
  unchanged: "Already up to date",
  conflicts_queued: "Conflicts queued",
  existing_lead: "Open lead found",
  needs_choice: "Needs a choice",
  skipped_no_key: "No email or phone",
  failed: "Failed",
};

export const TRIGGER_WORDS: Readonly<Record<RunTrigger, string>> = {
  conversation_end: "Chat ended",
  agent: "By hand",
  choice: "After a choice",
};

const TONES: Readonly<Record<RunResult, TagTone>> = {
  created: "ok",
  updated: "ok",
  unchanged: "plain",
  conflicts_queued: "amber",
  existing_lead: "plain",
  needs_choice: "amber",
  skipped_no_key: "plain",
  failed: "danger",
};

/** The tag of a run in the log. */
export function outcomeOf(run: Pick<SyncRunSummary, "status" | "result" | "reason">): { text: string; tone: TagTone } {
  if (run.status === "queued") return { text: "Waiting to start", tone: "plain" };
  if (run.status === "running") return { text: "Syncing", tone: "accent" };
  if (run.status === "waiting") return { text: "Trying again soon", tone: "plain" };
  const result = run.status === "failed" || run.result === null ? "failed" : run.result;
  if (result === "unchanged" && run.reason !== null) return { text: "Nothing written", tone: TONES[result] };
  return { text: RESULT_WORDS[result], tone: TONES[result] };
}

/** "2 values written · 1 conflict queued · 3 attempts"; null when there is nothing to add. */
export function countsText(run: Pick<SyncRunSummary, "written" | "conflictsQueued" | "attempts">): string | null {
  const parts = [
    run.written > 0 ? counted(run.written, "value written", "values written") : null,
    run.conflictsQueued > 0 ? counted(run.conflictsQueued, "conflict queued", "conflicts queued") : null,
    run.attempts > 1 ? `${run.attempts} attempts` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" · ");
}

/** "320 ms", "4.2 s", "12 min", "3 h". */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}
