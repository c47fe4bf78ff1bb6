import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { PROVIDERS, RUN_RESULTS } from "./vocabulary.ts";

const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Whole days, both ends included, as they are in `timeZone`. */
export const SyncStatsQuery = z
  .strictObject({
    from: z.iso.date(),
    to: z.iso.date(),
    /** IANA name, e.g. `Europe/Berlin`. */
    timeZone: z.string().max(64).refine(isTimeZone, "Name a time zone such as Europe/Berlin.").default("UTC"),
    connection: Id.optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last day comes before the first." })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < MOST_DAYS * DAY_MS, {
    path: ["from"],
    message: `Ask for at most ${MOST_DAYS} days.`,
  });
export type SyncStatsQuery = z.infer<typeof SyncStatsQuery>;

/** Upper ends of the ages of waiting conflicts, in days; the last group has none. */
export const CONFLICT_AGE_DAYS = [1, 3, 7, 30] as const;

export const SyncStats = z.object({
  /** Days of the period, oldest first, each with what ended on it. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      results: z.partialRecord(z.enum(RUN_RESULTS), z.number().int()),
      /** From the end of a conversation to its finished push, in ms; null on a day without one. */
      p50Ms: z.number().int().nullable(),
      p95Ms: z.number().int().nullable(),
    }),
  ),
  /** Conflicts that wait now, by age; one more group than `CONFLICT_AGE_DAYS`. */
  openConflicts: z.array(z.number().int()),
  connections: z.array(
    z.object({
      id: Id,
      name: z.string(),
      provider: z.enum(PROVIDERS),
      /** Calls of syncs in the period. */
      calls: z.number().int(),
      /** What the CRM itself last said of its limit per day; null where it says nothing. */
      budget: z.object({ limit: z.number().int(), remaining: z.number().int(), at: Instant }).nullable(),
    }),
  ),
});
export type SyncStats = z.infer<typeof SyncStats>;
