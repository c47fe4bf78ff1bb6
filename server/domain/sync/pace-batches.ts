/** How busy one connection is. Times in epoch ms. */
interface Traffic {
  /** Pushes that could go together and wait for nothing. */
  readonly due: number;
  /** Pushes that began within the last `PACE_WINDOW_MS`. */
  readonly began: number;
  /** When the latest of them did; null without any. */
  readonly lastBeganAt: number | null;
  /** Most records one call of this CRM takes. */
  readonly size: number;
}

export type Pace =
  | { readonly kind: "alone" }
  | { readonly kind: "together" }
  /** Others are about to end too: at this moment they go together. */
  | { readonly kind: "gather"; readonly until: number };

export const PACE_WINDOW_MS = 5_000;
/** Below one push a second nothing is held back. */
const BUSY_FROM = 5;
const GATHER_MS_PER_PUSH = 200;
/** Fewer save little, and somebody the CRM does not know costs a call more in a batch than alone. */
const TOGETHER_FROM = 5;

/**
 * Whether a push goes now, and with others. A lone one never waits. The busier a connection is, the longer pushes gather, up
 * to the window: a thousand in a minute need some thirty calls instead of two thousand. A full batch waits for nobody.
 */
export function paceOf({ due, began, lastBeganAt, size }: Traffic, nowMs: number): Pace {
  if (due < size && began >= BUSY_FROM && lastBeganAt !== null) {
    const until = lastBeganAt + Math.min(PACE_WINDOW_MS, began * GATHER_MS_PER_PUSH);
    if (until > nowMs) return { kind: "gather", until };
  }
  return { kind: due < TOGETHER_FROM ? "alone" : "together" };
}
