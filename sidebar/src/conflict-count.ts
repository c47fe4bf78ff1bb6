import { signal } from "@preact/signals";
import { ApiFailure } from "./api.ts";
import { readConflictCount } from "./endpoints/conflict-queue.ts";
import { onChange, onReturn } from "./live.ts";
import { createReread } from "./reread.ts";

/** Conflicts that wait for a decision, counted up to 1,000; null until it is known. */
export const openConflicts = signal<number | null>(null);

const REREAD_DELAY_MS = 1000;

/** Keeps the count with the pushes while somebody is signed in. A failed reading leaves the last count until the next push. */
export function followConflictCount(): () => void {
  async function read(): Promise<void> {
    try {
      openConflicts.value = (await readConflictCount()).open;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
    }
  }
  const reread = createReread(read, REREAD_DELAY_MS);
  const kinds = new Set(["conflict", "sync_run", "settlement"]);
  const stops = [onChange(({ kind }) => kinds.has(kind) && reread.ask()), onReturn(reread.ask), reread.stop];
  void read();
  return () => {
    for (const stop of stops) stop();
  };
}
