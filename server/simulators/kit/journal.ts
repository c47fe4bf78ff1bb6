/** What a simulator was asked, in order. Tests count calls with it. */
export interface JournalEntry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** null: the connection was cut or left hanging. */
  status: number | null;
  /** Faults other than latency that were played on this request. */
  fault: string | null;
}

export interface Journal {
  readonly entries: readonly JournalEntry[];
  add(entry: JournalEntry): JournalEntry;
  clear(): void;
}

export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      return entry;
    },
    clear() {
      entries.length = 0;
    },
  };
}
