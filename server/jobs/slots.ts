/** Keeps jobs of one kind from taking every worker of a process: what waits for a slow CRM leaves room for the others. */
export interface Slots {
  /** Flags of which no further job may begin now. */
  full(): string[];
  /** Runs the work of a job with these flags. */
  during<T>(flags: readonly string[], work: () => Promise<T>): Promise<T>;
}

export function createSlots(most: number): Slots {
  const running = new Map<string, number>();

  function count(flags: readonly string[], by: 1 | -1): void {
    for (const flag of flags) {
      const now = (running.get(flag) ?? 0) + by;
      if (now > 0) running.set(flag, now);
      else running.delete(flag);
    }
  }

  return {
    full: () => [...running].flatMap(([flag, jobs]) => (jobs >= most ? [flag] : [])),
    async during(flags, work) {
      count(flags, 1);
      try {
        return await work();
      } finally {
        count(flags, -1);
      }
    },
  };
}
