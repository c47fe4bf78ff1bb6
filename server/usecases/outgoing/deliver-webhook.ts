import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import {
  type DeliveryRow,
  type EndpointRow,
  findDelivery,
  type OutgoingEventRow,
  updateEndpoint,
  updateWaitingDelivery,
} from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { delayAfter, GIVE_UP_AFTER_MS, pauseAfter } from "../../domain/delivery-delays.ts";
import { openEndpointSecrets } from "./endpoint-secrets.ts";
import { orderDelivery } from "./order-delivery.ts";
import { publishEndpoint } from "./publish-endpoint.ts";
import { type Sent, sendDelivery } from "./send-delivery.ts";
import { signDelivery } from "./sign-delivery.ts";

interface Attempt {
  readonly delivery: DeliveryRow;
  readonly event: OutgoingEventRow;
  readonly endpoint: EndpointRow;
}

/** What a receiver may ask to wait at most. */
const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60_000;
const GONE = 410;

/**
 * The job of one delivery: sends it and stores what came of it. A process that dies between the two sends it again, with
 * the same `webhook-id`. What waits for an endpoint that is paused or disabled goes on when that is active again.
 */
export async function deliverWebhook(deps: Deps, { deliveryId }: { deliveryId: string }): Promise<void> {
  const attempt = await findDelivery(deps.db, deliveryId);
  if (attempt?.delivery.status !== "waiting" || attempt.endpoint.state !== "active") return;
  const { delivery, event, endpoint } = attempt;
  const { waitUntil } = endpoint;
  if (waitUntil !== null && waitUntil > deps.now()) {
    return await deps.db.transaction((tx) => orderDelivery(tx, deps, delivery, waitUntil));
  }
  const signed = { id: event.id, timestamp: Math.floor(deps.now().getTime() / 1000), body: event.body };
  const headers = signDelivery(signed, openEndpointSecrets(deps, endpoint));
  const sent = await sendDelivery(deps, endpoint.url, headers, event.body);
  await deps.db.transaction((tx) =>
    sent.problem === null ? taken(tx, deps, attempt, sent) : failed(tx, deps, attempt, sent),
  );
  publishEndpoint(deps, endpoint.id);
}

function logOf(deps: Deps, { delivery }: Attempt, sent: Sent) {
  return {
    attempts: delivery.attempts + 1,
    answerStatus: sent.status,
    answer: sent.answer,
    problem: sent.problem,
    durationMs: sent.durationMs,
    triedAt: deps.now(),
  };
}

async function taken(tx: Tx, deps: Deps, attempt: Attempt, sent: Sent): Promise<void> {
  const done = { status: "delivered", nextAttemptAt: null, finishedAt: deps.now() } as const;
  await updateWaitingDelivery(tx, attempt.delivery.id, { ...logOf(deps, attempt, sent), ...done });
  const { id, failingSince } = attempt.endpoint;
  if (failingSince === null) return;
  await updateEndpoint(tx, id, { failingSince: null, failures: 0, waitUntil: null, problem: null });
}

async function failed(tx: Tx, deps: Deps, attempt: Attempt, sent: Sent): Promise<void> {
  const { delivery, endpoint } = attempt;
  const log = logOf(deps, attempt, sent);
  const delay = delayAfter(log.attempts, deps.random());
  const asked = retryAfterMs(sent.retryAfter, deps.now());
  if (delay === null) {
    await updateWaitingDelivery(tx, delivery.id, {
      ...log,
      status: "failed",
      nextAttemptAt: null,
      finishedAt: deps.now(),
    });
  } else {
    const nextAttemptAt = new Date(deps.now().getTime() + Math.max(delay, asked));
    if (!(await updateWaitingDelivery(tx, delivery.id, { ...log, nextAttemptAt }))) return;
    await orderDelivery(tx, deps, delivery, nextAttemptAt);
  }
  const failingSince = endpoint.failingSince ?? deps.now();
  const failures = endpoint.failures + 1;
  const waitUntil = new Date(deps.now().getTime() + Math.max(pauseAfter(failures), asked));
  await updateEndpoint(tx, endpoint.id, { failingSince, failures, waitUntil, problem: sent.problem });
  const isGivenUp = sent.status === GONE || deps.now().getTime() - failingSince.getTime() >= GIVE_UP_AFTER_MS;
  if (isGivenUp) await disable(tx, deps, endpoint, sent.problem);
}

async function disable(tx: Tx, deps: Deps, endpoint: EndpointRow, problem: string | null): Promise<void> {
  await updateEndpoint(tx, endpoint.id, { state: "disabled" });
  await insertAudit(
    tx,
    deps,
    { kind: "system", name: "webhooks" },
    {
      action: "webhook_endpoint.disabled",
      subject: { kind: "webhook_endpoint", id: endpoint.id },
      data: { name: endpoint.name, problem },
    },
  );
}

/** `Retry-After` in seconds or as a date; 0 where it says nothing. */
function retryAfterMs(value: string | null, now: Date): number {
  if (value === null) return 0;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS) : 0;
}
