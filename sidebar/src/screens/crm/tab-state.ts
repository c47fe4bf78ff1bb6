import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { conflictRows } from "./conflict-rows.ts";
import { isUnfinished } from "./run-words.ts";

interface TabState {
  tone: "ok" | "plain" | "busy" | "danger" | "choice";
  /** For the tooltip and screen readers. */
  text: string;
  /** Decisions that wait in it. */
  conflicts: number;
}

/** How things stand in a CRM, for its tab. What needs somebody comes first. */
export function tabState(tab: CrmTab): TabState {
  const conflicts = conflictRows(tab.conflicts).length;
  const queued = conflicts === 1 ? ", 1 conflict" : conflicts > 1 ? `, ${conflicts} conflicts` : "";
  const { tone, text } = standing(tab);
  return { tone, text: `${text}${queued}`, conflicts };
}

function standing({ connection, latestRun, link }: CrmTab): Pick<TabState, "tone" | "text"> {
  if (connection.status === "needs_reconnect") return { tone: "danger", text: "needs reconnecting" };
  if (connection.status === "paused") return { tone: "plain", text: "paused" };
  if (latestRun && isUnfinished(latestRun)) return { tone: "busy", text: "syncing" };
  if (latestRun?.status === "failed" || latestRun?.result === "failed") return { tone: "danger", text: "sync failed" };
  if (latestRun?.result === "needs_choice" && latestRun.candidates.length > 0) {
    return { tone: "choice", text: "choose a record" };
  }
  return link ? { tone: "ok", text: "linked" } : { tone: "plain", text: "not linked" };
}
