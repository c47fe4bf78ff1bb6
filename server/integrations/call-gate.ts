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
  /** Resolves when the call may be made; throws a `rate_limited` `ConnectorError` with the exact wait when not soon. */
  before(call: CallMeant): Promise<void>;
  /** Hears of each answer before its caller does; null when none came. */
  after(kind: CallKind, answer: AnswerHeard | null): Promise<void>;
  /**
   * After a 429: waits as long as that asked for, and resolves to whether the same call may be made once more. False when
   * that is too long, also for what was read before a blind write, or when the work has learned nothing yet that it would have to learn again.
   */
  repeats(call: CallMeant): Promise<boolean>;
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
