import { type Signal, signal } from "@preact/signals";
import type { Conflict, SettleConflicts } from "@rolodesk/shared/conflict";
import type { CrmPanel, CrmTab } from "@rolodesk/shared/crm-panel";
import type { ShownValue, SyncRun } from "@rolodesk/shared/sync-run";
import { newest } from "../../reread.ts";
import { sameValue } from "./shown-value.ts";

/** How a row ended, shown where it stood. */
export interface SettleNote {
  label: string;
  text: string;
}

/** The CRM part of the sidebar for one conversation. Maps are keyed by connection, or by conflict where named so. */
export interface CrmState {
  readonly conversationId: string;
  readonly panel: Signal<CrmPanel | null>;
  /** Why the panel could not be read. */
  readonly problem: Signal<string | null>;
  /** Connections whose button was pressed and not yet answered. */
  readonly asking: Signal<ReadonlySet<string>>;
  /** The server's refusal of the last action in a tab. */
  readonly refusals: Signal<ReadonlyMap<string, string>>;
  /** Conflict → the decision on its way. */
  readonly settling: Signal<ReadonlyMap<string, SettleConflicts["decision"]>>;
  readonly notes: Signal<ReadonlyMap<string, readonly SettleNote[]>>;
  /** Conflict → the CRM's value when this agent first saw the row. */
  readonly firstSeen: Map<string, ShownValue>;
}

export function createCrmState(conversationId: string): CrmState {
  return {
    conversationId,
    panel: signal(null),
    problem: signal(null),
    asking: signal(new Set()),
    refusals: signal(new Map()),
    settling: signal(new Map()),
    notes: signal(new Map()),
    firstSeen: new Map(),
  };
}

/** Takes a reading of the panel; no run and no conflict goes back to an older version of itself. */
export function takePanel(state: CrmState, read: CrmPanel): void {
  const shown = new Map(state.panel.value?.tabs.map((tab) => [tab.connection.id, tab]));
  const tabs = read.tabs.map((tab) => mergeTab(shown.get(tab.connection.id), tab));
  for (const conflict of tabs.flatMap((tab) => tab.conflicts)) {
    if (!state.firstSeen.has(conflict.id)) state.firstSeen.set(conflict.id, conflict.crmValue);
  }
  state.panel.value = { tabs };
}

function mergeTab(shown: CrmTab | undefined, read: CrmTab): CrmTab {
  if (!shown) return read;
  const known = new Map(shown.conflicts.map((conflict) => [conflict.id, conflict]));
  return {
    ...read,
    latestRun: read.latestRun && newest(shown.latestRun, read.latestRun),
    conflicts: read.conflicts.map((conflict) => newest(known.get(conflict.id), conflict)),
  };
}

export function takeRun(state: CrmState, run: SyncRun): void {
  changeTab(state, run.connectionId, (tab) => ({ ...tab, latestRun: newest(tab.latestRun, run) }));
}

export function takeConflicts(state: CrmState, settled: readonly Conflict[]): void {
  const byId = new Map(settled.map((conflict) => [conflict.id, conflict]));
  for (const connectionId of new Set(settled.map((conflict) => conflict.connectionId))) {
    changeTab(state, connectionId, (tab) => ({
      ...tab,
      conflicts: tab.conflicts.map((conflict) => newest(conflict, byId.get(conflict.id) ?? conflict)),
    }));
  }
}

function changeTab(state: CrmState, connectionId: string, change: (tab: CrmTab) => CrmTab): void {
  if (!state.panel.value) return;
  const tabs = state.panel.value.tabs.map((tab) => (tab.connection.id === connectionId ? change(tab) : tab));
  state.panel.value = { tabs };
}

/** Whether the CRM's value is another than the one this agent first saw. */
export function changedSinceSeen(state: CrmState, conflict: Conflict): boolean {
  if (conflict.stale) return true;
  const first = state.firstSeen.get(conflict.id);
  return first !== undefined && !sameValue(first, conflict.crmValue);
}

/** A map signal with one entry set, or removed by `undefined`. */
export function setEntry<V>(map: Signal<ReadonlyMap<string, V>>, key: string, value: V | undefined): void {
  const next = new Map(map.value);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  map.value = next;
}
