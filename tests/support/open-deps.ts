import { pino } from "pino";
import { openDb } from "../../server/db/client.ts";
import { openRecordLocks } from "../../server/db/record-locks.ts";
import type { Deps } from "../../server/deps.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { enqueue } from "../../server/jobs/enqueue.ts";
import {
  enqueueRun,
  enqueueSettlement,
  enqueueTranscript,
  enqueueWebhookEvent,
} from "../../server/jobs/enqueue-run.ts";
import { createOutside, WITH_LOOPBACK } from "../../server/net/outside.ts";
import { newId } from "../../server/new-id.ts";
import { createSecretBox } from "../../server/secret-box.ts";
import { createCallGates } from "../../server/usecases/calls/create-call-gates.ts";

/** What the ends of conversations need: the real database and the real queue, and nobody who listens. */
export function openDeps(databaseUrl: string, secretKey: Buffer): { deps: Deps; close(): Promise<void> } {
  const opened = openDb(databaseUrl);
  const locks = openRecordLocks(databaseUrl, 4);
  const connectors = createConnectorFactory({ demo: true, now: Date.now });
  const publish = { toAgents() {}, toVisitor() {}, disconnect() {} };
  const deps: Deps = {
    ...{ db: opened.db, locks, newId, connectors, publish, enqueue, enqueueRun, enqueueTranscript },
    ...{ enqueueSettlement, enqueueWebhookEvent, random: Math.random, now: () => new Date() },
    log: pino({ level: "warn" }),
    outside: createOutside(WITH_LOOPBACK),
    secrets: createSecretBox([secretKey]),
    callGate: createCallGates({ db: opened.db, connectors, publish, newId }),
    config: { publicUrl: "http://localhost", demo: true },
  };
  return {
    deps,
    async close() {
      await Promise.all([opened.close(), locks.close()]);
    },
  };
}
