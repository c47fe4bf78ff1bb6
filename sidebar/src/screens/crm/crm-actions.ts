import type { Conflict, SettleConflicts, SettleResult } from "@rolodesk/shared/conflict";
import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { RunChoice, SyncRun } from "@rolodesk/shared/sync-run";
import { failureText } from "../../api.ts";
import { newClientId } from "../../client-id.ts";
import { postChoice, postRetry, postSettle, postSync } from "../../endpoints/crm.ts";
import { type ConflictRow, rowText, settledText, settleInput } from "./conflict-rows.ts";
import { type CrmState, type SettleNote, setEntry, takeConflicts, takeRun } from "./crm-state.ts";
import { loadPanel } from "./follow-crm.ts";

async function ask(state: CrmState, connectionId: string, send: () => Promise<SyncRun>): Promise<void> {
  if (state.asking.value.has(connectionId)) return;
  state.asking.value = new Set([...state.asking.value, connectionId]);
  setEntry(state.refusals, connectionId, undefined);
  try {
    const run = await send();
    takeRun(state, run);
    if (run.finishedAt !== null) await loadPanel(state);
  } catch (error) {
    setEntry(state.refusals, connectionId, failureText(error));
  } finally {
    const asking = new Set(state.asking.value);
    asking.delete(connectionId);
    state.asking.value = asking;
  }
}

export function syncNow(state: CrmState, connectionId: string): Promise<void> {
  const requestId = newClientId();
  return ask(state, connectionId, () => postSync(state.conversationId, { connectionId, requestId }));
}

export function retryRun(state: CrmState, run: SyncRun): Promise<void> {
  return ask(state, run.connectionId, () => postRetry(run.id));
}

export function chooseRecord(state: CrmState, run: SyncRun, choice: RunChoice): Promise<void> {
  return ask(state, run.connectionId, () => postChoice(run.id, choice));
}

/** Settles exactly these rows. Nothing is shown as done before the server has said so. */
export async function settleRows(
  state: CrmState,
  tab: CrmTab,
  rows: readonly ConflictRow[],
  decision: SettleConflicts["decision"],
): Promise<void> {
  const input = settleInput(rows, decision);
  const connectionId = tab.connection.id;
  if (input.conflicts.length === 0) return;
  const ids = input.conflicts.map((conflict) => conflict.id);
  state.settling.value = new Map([...state.settling.value, ...ids.map((id) => [id, decision] as const)]);
  setEntry(state.refusals, connectionId, undefined);
  try {
    const { results } = await postSettle(input);
    takeConflicts(
      state,
      results.map((result) => result.conflict),
    );
    addNotes(state, tab, settleNotes(rows, results, tab.connection.name));
    await loadPanel(state);
  } catch (error) {
    setEntry(state.refusals, connectionId, failureText(error));
  } finally {
    const settling = new Map(state.settling.value);
    for (const id of ids) settling.delete(id);
    state.settling.value = settling;
  }
}

function addNotes(state: CrmState, tab: CrmTab, notes: readonly SettleNote[]): void {
  if (notes.length > 0) setEntry(state.notes, tab.connection.id, notes);
}

/** One line per row that is no longer open. Rows the CRM changed or refused stay and say so themselves. */
export function settleNotes(
  rows: readonly ConflictRow[],
  results: SettleResult["results"],
  crmName: string,
): SettleNote[] {
  const outcomes = new Map(results.map((result) => [result.id, result]));
  return rows.flatMap((row) => {
    const settled = row.members.map((member) => outcomes.get(member.id)).filter((result) => result !== undefined);
    const first = settled[0];
    if (!first || settled.some((result) => result.outcome === "stale" || result.outcome === "failed")) return [];
    const conflicts = settled.map((result) => result.conflict);
    return [{ label: row.label, text: noteText({ ...row, members: conflicts }, first, crmName) }];
  });
}

function noteText(row: ConflictRow, result: { outcome: string; conflict: Conflict }, crmName: string): string {
  if (result.outcome === "applied") return `${crmName} now has “${rowText(row, "chatValue") ?? ""}”`;
  if (result.outcome === "kept") return `Kept “${rowText(row, "crmValue") ?? ""}” in ${crmName}`;
  return settledText(result.conflict, crmName, Date.now());
}
