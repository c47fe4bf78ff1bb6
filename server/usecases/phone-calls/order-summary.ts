import type { Tx } from "../../db/client.ts";
import type { PhoneCallRow } from "../../db/queries/phone-call.ts";
import type { Deps } from "../../deps.ts";

/** Shorter ones say nothing that the rules do not. */
const MIN_TRANSCRIPT_CHARS = 100;

/** What a new transcript means for the summary: it is made by a job, where a language model is set up. */
export async function orderSummary(
  tx: Tx,
  deps: Deps,
  phoneCallId: string,
  transcript: string | null,
): Promise<Partial<PhoneCallRow>> {
  if (!deps.readCall || transcript === null || transcript.length <= MIN_TRANSCRIPT_CHARS) return {};
  await enqueueSummary(tx, deps, phoneCallId);
  return { summaryStatus: "waiting", summaryProblem: null, summaryAttempts: 0 };
}

/** One after the other: a crowd of calls must not become a crowd of questions, each of which costs. */
export async function enqueueSummary(
  tx: Tx,
  { enqueue }: Pick<Deps, "enqueue">,
  phoneCallId: string,
  runAt?: Date,
): Promise<void> {
  const job = { name: "summarize-phone-call", payload: { phoneCallId } } as const;
  await enqueue(tx, job, { jobKey: `summarize-phone-call:${phoneCallId}`, queue: "summarize-phone-call", runAt });
}
