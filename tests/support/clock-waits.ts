interface Waiting {
  readonly until: number;
  readonly goOn: () => void;
}

/** Waits by a clock that stands still until everybody waits. */
export function createClockWaits(clock: { now: number }) {
  let waiting: Waiting[] = [];
  let changed = () => {};

  function release(): void {
    clock.now = Math.max(clock.now, Math.min(...waiting.map(({ until }) => until)));
    const over = waiting.filter(({ until }) => until <= clock.now);
    waiting = waiting.filter(({ until }) => until > clock.now);
    for (const { goOn } of over) goOn();
  }

  return {
    wait(ms: number): Promise<void> {
      return new Promise((goOn) => {
        waiting.push({ until: clock.now + ms, goOn });
        changed();
      });
    },
    /** Resolves once all of the work is done; moves the clock whenever none of it goes on without. */
    async settle(work: readonly Promise<unknown>[]): Promise<void> {
      let open = work.length;
      for (const one of work) {
        one
          .catch(() => {})
          .then(() => {
            open -= 1;
            changed();
          });
      }
      while (open > 0) {
        if (waiting.length >= open) release();
        await new Promise<void>((go) => {
          changed = go;
          if (open === 0 || waiting.length >= open) go();
        });
      }
      await Promise.all(work);
    },
  };
}
