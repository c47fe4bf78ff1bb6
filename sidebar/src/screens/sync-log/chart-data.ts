import type { SyncStats } from "@rolodesk/shared/sync-stats";
import type { RunResult } from "@rolodesk/shared/vocabulary";

type Tone = "accent" | "plain" | "amber" | "danger";

export interface Series {
  label: string;
  tone: Tone;
}

/** Results as they are told apart in the chart, from the ground up. */
export const RESULT_GROUPS: readonly (Series & { results: readonly RunResult[] })[] = [
  { label: "Written", tone: "accent", results: ["created", "updated"] },
  { label: "Nothing to write", tone: "plain", results: ["unchanged", "existing_lead", "skipped_no_key"] },
  { label: "Asks an agent", tone: "amber", results: ["conflicts_queued", "needs_choice"] },
  { label: "Failed", tone: "danger", results: ["failed"] },
];

export const AGE_LABELS = ["< 1", "1–3", "3–7", "7–30", "> 30"];

export function sumOf(results: SyncStats["days"][number]["results"], of: readonly RunResult[]): number {
  return of.reduce((sum, result) => sum + (results[result] ?? 0), 0);
}

/** The reader's calendar day: "2026-11-20". */
export function dayOf(date: Date): string {
  const part = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

/** "20 Nov" */
export function dayName(day: string): string {
  const noon = new Date(`${day}T12:00:00`);
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(noon);
}

/** A round number at or above the largest value, and the steps up to it. */
export function axisOf(largest: number, steps = 4): number[] {
  if (largest <= 0) return [0, 1];
  const rough = largest / steps;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * unit).find((size) => size * steps >= largest) ?? rough;
  const whole = Math.max(1, Math.ceil(step));
  return Array.from({ length: Math.ceil(largest / whole) + 1 }, (_, index) => index * whole);
}

/** Which labels of an axis are written, so that none covers another: every nth, the last always. */
export function shownLabels(count: number, width: number, labelWidth: number): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(width, 1)));
  return new Set(
    Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % every === 0),
  );
}
