import type { EnqueueRun, EnqueueSettlement, EnqueueTranscript, EnqueueWebhookEvent } from "../deps.ts";
import { connectionFlag, syncQueue } from "./catalog.ts";
import { enqueue } from "./enqueue.ts";

/** One job per run. A run without a contact yet has nobody to wait for. */
export async function enqueueRun(
  ...[tx, { id, connectionId, contactId }, runAt]: Parameters<EnqueueRun>
): Promise<void> {
  const queue = contactId === null ? undefined : syncQueue(connectionId, contactId);
  await enqueue(
    tx,
    { name: "sync-run", payload: { runId: id } },
    {
      jobKey: `run:${id}`,
      queue,
      runAt,
      flag: connectionFlag(connectionId),
    },
  );
}

/** In the queue of the pushes, after the one that asked for it. */
export const enqueueTranscript: EnqueueTranscript = async (tx, { id, connectionId, contactId }, at) => {
  const options = {
    queue: syncQueue(connectionId, contactId),
    runAt: at,
    jobKey: `add-transcript:${id}`,
    flag: connectionFlag(connectionId),
  };
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
