import type { EnqueueRun, EnqueueSettlement, EnqueueTranscript, EnqueueWebhookEvent } from "../deps.ts";
import { connectionFlag } from "./catalog.ts";
import { enqueue } from "./enqueue.ts";

/**
 * One job per run. That a person's pushes run one at a time is for the lock of their record to see to: a queue for each person
 * is a row that the engine locks whenever it looks for a job, for as long as the database lives.
 */
export async function enqueueRun(...[tx, { id, connectionId }, runAt]: Parameters<EnqueueRun>): Promise<void> {
  const options = { jobKey: `run:${id}`, runAt, flag: connectionFlag(connectionId) };
  await enqueue(tx, { name: "sync-run", payload: { runId: id } }, options);
}

/** Like a push, it waits for the lock of the record. */
export const enqueueTranscript: EnqueueTranscript = async (tx, { id, connectionId }, at) => {
  const options = { jobKey: `add-transcript:${id}`, runAt: at, flag: connectionFlag(connectionId) };
  await enqueue(tx, { name: "add-transcript", payload: { noteId: id } }, options);
};

/** One part at a time. */
export const enqueueSettlement: EnqueueSettlement = async (tx, settlementId, at) => {
  const name = `settle:${settlementId}`;
  await enqueue(tx, { name: "settle-conflicts", payload: { settlementId } }, { queue: name, jobKey: name, runAt: at });
};

/** A newer event of the same record takes the place of one that waits: whoever reads the record deals with both. */
export const enqueueWebhookEvent: EnqueueWebhookEvent = async (tx, { id, connectionId, object, externalId }, at) => {
  const jobKey = `webhook:${connectionId}:${object}:${externalId}`;
  await enqueue(
    tx,
    { name: "read-webhook-event", payload: { eventId: id } },
    {
      jobKey,
      runAt: at,
      flag: connectionFlag(connectionId),
    },
  );
};
