import type { ImportRunRow } from "../../db/queries/import-run.ts";

/** Fences off a late delivery. A run that was paused meanwhile still keeps the page that was under way. */
export function isSamePage(current: ImportRunRow, read: ImportRunRow): boolean {
  const mayStore = current.status === "running" || current.status === "waiting" || current.status === "paused";
  return mayStore && current.pages === read.pages && current.cursor === read.cursor && current.phase === read.phase;
}
