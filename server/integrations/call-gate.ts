import type { HttpResponse } from "./http-client.ts";

/**
 * What a call counts as: searches have a limit of their own where a vendor says so, and so has what is written at once; the
 * issuer of tokens is not the CRM.
 */
export type CallKind = "call" | "search" | "write" | "token";

/** Who waits for a call. What a person clicked goes before the ends of conversations, and those before imports. */
export type CallLane = "agent" | "end" | "backfill";

/** One call, as the gate has to know it. */
export interface CallMeant {
  readonly kind: CallKind;
  /** It changes something, whatever somebody else may have changed since it was read: no precondition goes with it. */
  readonly writesBlindly: boolean;
}

/** Stands before every call to one account. */
export interface CallGate {
  /**
   * Sends the call as soon as it may be made, and again after a 429 if the work can wait as long as that asked for. `read`: what
   * an answer says to the gate. Throws a `rate_limited` `ConnectorError` with the exact wait when it may not be made soon, and what
   * `send` throws where no answer came.
   */
  pass<Answer>(call: CallMeant, send: () => Promise<Answer>, read: (answer: Answer) => AnswerHeard): Promise<Answer>;
}

export interface AnswerHeard {
  readonly status: number;
  readonly limits: LimitsTold;
}

/** What one answer says of the account's limits; what it does not say is absent. */
export interface LimitsTold {
  /** Calls per window, and how many of them were used by now, whoever used them. */
  readonly window?: { readonly max: number; readonly windowMs: number; readonly used: number };
  readonly daily?: { readonly limit: number; readonly remaining: number; readonly resetsInMs?: number };
  /** No call before this many ms have passed. */
  readonly pauseMs?: number;
}

export interface CallLimit {
  /** Calls at most in any window of this length, wherever it begins. */
  readonly max: number;
  readonly windowMs: number;
}

/** A vendor's published limits, which hold until its answers tell others. */
export interface CallLimits {
  readonly call: CallLimit;
  readonly search?: CallLimit;
  /** Calls of kind `write` that may be under way together. */
  readonly writesAtOnce?: number;
  /** `facts`: those of the last connection test. */
  read(
    answer: HttpResponse,
    at: { readonly nowMs: number; readonly facts: Readonly<Record<string, unknown>> },
  ): LimitsTold;
}
