const RENEW_EVERY_MS = 3000;
const IDLE_AFTER_MS = 4000;

interface TypingSignal {
  /** @param hasText whether anything is left in the box */
  keyPressed(hasText: boolean): void;
}

/** Tells the other side that the visitor types: at once, then every three seconds, and when they stop. */
export function createTypingSignal(emit: (on: boolean) => void): TypingSignal {
  let renewAt = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(idle);
    if (renewAt > 0) emit(false);
    renewAt = 0;
  }

  return {
    keyPressed(hasText) {
      if (!hasText) return stop();
      const now = Date.now();
      if (now >= renewAt) {
        renewAt = now + RENEW_EVERY_MS;
        emit(true);
      }
      clearTimeout(idle);
      idle = setTimeout(stop, IDLE_AFTER_MS);
    },
  };
}
