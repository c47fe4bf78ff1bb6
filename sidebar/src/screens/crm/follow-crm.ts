import type { Change } from "@rolodesk/shared/realtime";
import { expectFailure, failureText } from "../../api.ts";
import { readPanel, readRun } from "../../endpoints/crm.ts";
import { onChange, onReturn } from "../../live.ts";
import { createReread, isNews } from "../../reread.ts";
import { type CrmState, takePanel, takeRun } from "./crm-state.ts";
import { isUnfinished } from "./run-words.ts";

const REREAD_DELAY_MS = 100;
/** A run that is under way is also asked for, in case a push is lost. */
const ASK_RUN_MS = 2500;

export async function loadPanel(state: CrmState): Promise<void> {
  try {
    takePanel(state, await readPanel(state.conversationId));
    state.problem.value = null;
  } catch (error) {
    const message = failureText(error);
    if (!state.panel.value) state.problem.value = message;
  }
}

/** Whether a push may change what the panel shows. */
export function concernsPanel(state: CrmState, change: Change, contactId: string | null): boolean {
  const tabs = state.panel.value?.tabs ?? [];
  if (change.kind === "connection") return tabs.some((tab) => tab.connection.id === change.id);
  const here = change.conversationId === state.conversationId;
  if (!here && (contactId === null || change.contactId !== contactId)) return false;
  if (change.kind === "sync_run") {
    return tabs.every((tab) => isNews(tab.latestRun, change));
  }
  if (change.kind === "conflict") {
    const shown = tabs.flatMap((tab) => tab.conflicts).find((conflict) => conflict.id === change.id);
    return isNews(shown, change);
  }
  return change.kind === "conversation" || change.kind === "link";
}

/** Reads the panel and keeps it with the pushes. `contactId` is asked anew: a visitor may become a contact meanwhile. */
export function followCrm(state: CrmState, contactId: () => string | null): () => void {
  const reread = createReread(() => loadPanel(state), REREAD_DELAY_MS);
  const timer = setInterval(() => void askRuns(state, reread.ask), ASK_RUN_MS);
  const stopChanges = onChange((change) => {
    if (concernsPanel(state, change, contactId())) reread.ask();
  });
  const stopReturns = onReturn(reread.ask);
  void loadPanel(state);
  return () => {
    clearInterval(timer);
    stopChanges();
    stopReturns();
    reread.stop();
  };
}

async function askRuns(state: CrmState, onFinished: () => void): Promise<void> {
  const runs = state.panel.value?.tabs.map((tab) => tab.latestRun) ?? [];
  for (const run of runs) {
    if (!run || !isUnfinished(run)) continue;
    try {
      const read = await readRun(run.id);
      takeRun(state, read);
      if (!isUnfinished(read)) onFinished();
    } catch (error) {
      // the run stays as shown, and is asked for again
      expectFailure(error);
    }
  }
}
