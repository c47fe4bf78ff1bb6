import type { HubSpotState } from "./state.ts";

/**
 * The index that search reads: a copy of the contacts which follows the store late, and not always in order. It knows
 * nothing of the store; what it has not been told yet it does not find.
 */
export interface SearchIndex {
  /** `null` takes the document away. `atOnce` skips the lag, for records that were there before the story begins. */
  put(id: string, properties: Readonly<Record<string, string>> | null, atOnce?: boolean): void;
  /** What search can see now. */
  documents(): { id: string; properties: Readonly<Record<string, string>> }[];
  setLag(ms: number): void;
}

interface SearchIndexOptions {
  readonly state: () => HubSpotState;
  readonly now: () => number;
  readonly random: () => number;
  readonly lagMs: number;
}

/** Each change becomes visible after 75 % to 100 % of the lag, so that later changes can overtake earlier ones. */
export function createSearchIndex({ state, now, random, lagMs }: SearchIndexOptions): SearchIndex {
  let lag = lagMs;

  function absorb(): void {
    const { index } = state();
    const due = index.pending.filter((change) => change.visibleAt <= now());
    if (due.length === 0) return;
    index.pending = index.pending.filter((change) => change.visibleAt > now());
    for (const { id, version, properties } of due) {
      if ((index.documents[id]?.version ?? 0) < version) index.documents[id] = { version, properties };
    }
  }

  return {
    put(id, properties, atOnce = false) {
      const { index } = state();
      index.lastVersion += 1;
      const delay = atOnce ? 0 : lag * (0.75 + 0.25 * random());
      index.pending.push({ id, version: index.lastVersion, properties, visibleAt: now() + delay });
    },
    documents() {
      absorb();
      return Object.entries(state().index.documents).flatMap(([id, { properties }]) =>
        properties ? [{ id, properties }] : [],
      );
    },
    setLag(ms) {
      lag = ms;
    },
  };
}
