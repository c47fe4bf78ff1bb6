/**
 * Gathers requests to read again: the first waits `delayMs`, those that come meanwhile join it, and one that comes
 * while the read is under way makes exactly one more. `read` handles its own failures.
 */
export function createReread(read: () => Promise<void>, delayMs: number): { ask(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let reading = false;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    timer = null;
    reading = true;
    try {
      await read();
    } finally {
      reading = false;
    }
    if (!again) return;
    again = false;
    ask();
  }

  function ask(): void {
    if (stopped) return;
    if (reading) again = true;
    else timer ??= setTimeout(() => void run(), delayMs);
  }

  function stop(): void {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
  }

  return { ask, stop };
}

interface Versioned {
  id: string;
  version: number;
}

/** Whether a push tells of something newer than what is shown. */
export function isNews(shown: Versioned | null | undefined, change: { id: string; version: number }): boolean {
  return !shown || shown.id !== change.id || change.version > shown.version;
}

/** An answer that was overtaken by a later one never replaces it. */
export function newest<T extends Versioned>(shown: T | null | undefined, read: T): T {
  return shown && shown.id === read.id && shown.version > read.version ? shown : read;
}
