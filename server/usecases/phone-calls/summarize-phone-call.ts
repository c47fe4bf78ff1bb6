import { findConnection } from "../../db/queries/connection.ts";
import { findPhoneCall, lockPhoneCall, type PhoneCallRow, updatePhoneCall } from "../../db/queries/phone-call.ts";
import type { Deps } from "../../deps.ts";
import { type CallReader, CallReaderError } from "../../domain/phone-calls/call-reader.ts";
import { backoffMs } from "../../domain/sync/backoff.ts";
import { callOfRow } from "./call-of-row.ts";
import { keepPhoneCall } from "./keep-phone-call.ts";
import { enqueueSummary } from "./order-summary.ts";
import { publishPhoneCall } from "./publish-phone-call.ts";

const MAX_ATTEMPTS = 5;

/**
 * The job of a summary: a language model reads the transcript, and what it says is kept beside what everybody else said of
 * the call. A transcript that grew meanwhile is read again by the job that its arrival ordered.
 */
export async function summarizePhoneCall(deps: Deps, { phoneCallId }: { phoneCallId: string }): Promise<void> {
  const row = await findPhoneCall(deps.db, phoneCallId);
  const { readCall } = deps;
  if (row?.summaryStatus !== "waiting" || row.transcript === null || !readCall) return;
  try {
    await read(deps, readCall, row, row.transcript);
  } catch (error) {
    if (!(error instanceof CallReaderError)) throw error;
    await afterFailure(deps, row, error);
  }
}

async function read(deps: Deps, readCall: CallReader, row: PhoneCallRow, transcript: string): Promise<void> {
  const at = row.startedAt ?? row.createdAt;
  const said = await readCall({ transcript, direction: row.direction, at });
  const reading = { ...said, nextFollowUpAt: said.nextFollowUpAt?.toISOString() ?? null };
  const kept = await deps.db.transaction(async (tx) => {
    const held = await lockPhoneCall(tx, row.id);
    if (held?.transcript !== transcript || held.summaryStatus !== "waiting") return null;
    const connection = await findConnection(tx, held.connectionId);
    const summarized = await updatePhoneCall(tx, held.id, { reading, summaryStatus: "done", summaryProblem: null });
    if (!connection) return summarized;
    return (await keepPhoneCall(tx, deps, connection, summarized, callOfRow(summarized))) ?? summarized;
  });
  if (kept) publishPhoneCall(deps, kept);
}

async function afterFailure(deps: Deps, row: PhoneCallRow, error: CallReaderError): Promise<void> {
  const attempts = row.summaryAttempts + 1;
  const again = error.again && attempts < MAX_ATTEMPTS;
  const kept = await deps.db.transaction(async (tx) => {
    const held = await lockPhoneCall(tx, row.id);
    if (held?.summaryStatus !== "waiting" || held.transcript !== row.transcript) return null;
    if (again) {
      const runAt = new Date(deps.now().getTime() + (error.retryAfterMs ?? backoffMs(attempts, deps.random())));
      await enqueueSummary(tx, deps, row.id, runAt);
    }
    const summaryStatus = again ? "waiting" : "failed";
    return await updatePhoneCall(tx, row.id, {
      summaryAttempts: attempts,
      summaryProblem: error.message,
      summaryStatus,
    });
  });
  if (kept) publishPhoneCall(deps, kept);
}
