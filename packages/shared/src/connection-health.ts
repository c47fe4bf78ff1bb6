import { z } from "zod";
import { Id, Instant } from "./ids.ts";

/** A limit of calls in any window of this length, and how many are used of the running one. */
const CallWindow = z.object({ max: z.number().int(), windowMs: z.number().int(), used: z.number().int() });

/** How a connection is doing: what its CRM allows, what waits, and what went wrong last. */
export const ConnectionHealth = z.object({
  /**
   * `answers`: calls go through · `waits`: the CRM asked to wait, or its day is used up · `down`: it does not answer and is left
   * alone until `until` · `trying`: one call tries whether it answers again.
   */
  state: z.enum(["answers", "waits", "down", "trying"]),
  /** When calls go on by themselves; null where nothing holds them up. */
  until: Instant.nullable(),
  /** Since when it does not answer. */
  downSince: Instant.nullable(),
  /** null for a CRM that publishes no limit. */
  calls: CallWindow.nullable(),
  searches: CallWindow.nullable(),
  /** As its last answers told; null where it tells nothing. */
  day: z
    .object({ limit: z.number().int(), remaining: z.number().int(), resetsAt: Instant.nullable(), at: Instant })
    .nullable(),
  /** Syncs that wait or run, the oldest of them, and when the next one is due by itself. */
  queue: z.object({ length: z.number().int(), oldestAt: Instant.nullable(), nextAt: Instant.nullable() }),
  /** Syncs in the dead letter. */
  failed: z.number().int(),
  /** The latest sync that failed or had to be put off, in the CRM's words. */
  lastError: z.object({ words: z.string(), at: Instant, runId: Id }).nullable(),
  /**
   * What there is to know of its log of telephone calls: it cannot be read, why, and when it is asked again; or it is left
   * alone, because workflows tell of calls by ids it does not know. null where it is read.
   */
  phoneCalls: z
    .discriminatedUnion("state", [
      z.object({ state: z.literal("refused"), problem: z.string(), nextAt: Instant }),
      z.object({ state: z.literal("left_alone") }),
    ])
    .nullable(),
});
export type ConnectionHealth = z.infer<typeof ConnectionHealth>;
