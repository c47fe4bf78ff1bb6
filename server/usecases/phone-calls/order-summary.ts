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
  await deps.enqueue(
    tx,
    { name: "summarize-phone-call", payload: { phoneCallId } },
    { jobKey: `summarize-phone-call:${phoneCallId}` },
  );
  return { summaryStatus: "waiting", summaryProblem: null, summaryAttempts: 0 };
}
