import type { OutgoingEventType } from "@rolodesk/shared/vocabulary";
import type { WebhookDelivery, WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import type { TagTone } from "../../../components/tag.tsx";
import { counted } from "../../../counted.ts";

export const EVENT_WORDS: Readonly<Record<OutgoingEventType | "webhook.test", string>> = {
  "conversation.started": "A conversation begins",
  "conversation.ended": "A conversation ends",
  "message.created": "A visitor or an agent writes",
  "contact.identified": "A conversation finds its contact",
  "sync.finished": "A sync is done or fails",
  "conflict.queued": "A conflict waits for an agent",
  "conflict.settled": "A conflict is settled",
  "webhook.test": "Test",
};

interface Shown {
  readonly text: string;
  readonly tone: TagTone;
}

export function stateOf({ state, failingSince }: WebhookEndpoint): Shown {
  if (state === "paused") return { text: "Paused", tone: "plain" };
  if (state === "disabled") return { text: "Disabled", tone: "danger" };
  return failingSince === null ? { text: "Active", tone: "ok" } : { text: "Failing", tone: "danger" };
}

export function deliveryState({ status, attempts }: WebhookDelivery): Shown {
  if (status === "delivered") return { text: "Delivered", tone: "ok" };
  if (status === "failed") return { text: "Given up", tone: "danger" };
  return attempts === 0 ? { text: "Waiting", tone: "plain" } : { text: "Trying again", tone: "plain" };
}

export function waitingText(waiting: number): string {
  if (waiting === 0) return "nothing waits";
  return counted(waiting, "delivery waits", "deliveries wait");
}

/** A body with its JSON laid out; as it is when it is none. */
export function laidOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
