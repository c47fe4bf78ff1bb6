import { randomUUID, sign } from "node:crypto";
import type { Outgoing } from "../kit/deliveries.ts";
import type { Store } from "../kit/file-store.ts";
import { newId } from "./contact-book.ts";
import type { GhlState, StoredCall, StoredContact } from "./state.ts";
import { APP, webhookKeys } from "./webhooks.ts";

/** A telephone call as somebody plays it. */
export interface PlayedCall {
  readonly direction: "inbound" | "outbound";
  /** As HighLevel says it: `completed`, `no-answer`, `voicemail`, … */
  readonly status: string;
  readonly durationSeconds: number;
  /** What a workflow would hand over; the app's events never hold one. */
  readonly transcript?: string;
  /** What a workflow for dispositions would set; none when absent. */
  readonly disposition?: string;
}

/** Where calls are told of. `workflowUrl`: an address with a secret in it, for a workflow's webhooks. */
interface CallSubscription {
  readonly url: string;
  readonly workflowUrl?: string;
}

interface CallBookInput {
  readonly store: Store<GhlState>;
  readonly locationId: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** The telephone calls of the location. */
export function createCallBook({ store, locationId, now, random }: CallBookInput) {
  return {
    all: (): readonly StoredCall[] => store.state.calls ?? [],
    log(contact: StoredContact, { direction, status, durationSeconds }: PlayedCall): StoredCall {
      const at = new Date(now()).toISOString();
      const call = {
        ...{ id: newId(random), contactId: contact.id, conversationId: newId(random), direction, status },
        ...{ durationSeconds, from: "+12025550100", to: "+12025550100", dateAdded: at, dateUpdated: at },
        [direction === "inbound" ? "from" : "to"]: contact.values.phone ?? null,
      };
      store.state.calls = [...(store.state.calls ?? []), call];
      store.save();
      return call;
    },
    /** Its hits: the app's signed event, and the two of workflows where there is an address for them. */
    hits(
      call: StoredCall,
      { transcript, disposition }: PlayedCall,
      { url, workflowUrl }: CallSubscription,
    ): Outgoing[] {
      const json = { "content-type": "application/json" };
      const workflow = (told: Readonly<Record<string, unknown>>): Outgoing[] =>
        workflowUrl === undefined
          ? []
          : [{ url: workflowUrl, headers: json, body: JSON.stringify({ location: { id: locationId }, ...told }) }];
      const { id: callId, contactId, direction, status, durationSeconds, from, to, dateAdded } = call;
      const ids = { callId, messageId: callId, contactId };
      const told = { ...ids, direction, from, to, startedAt: dateAdded, callDuration: `${durationSeconds}` };
      const body = JSON.stringify(eventOf(call, locationId, new Date(now()).toISOString()));
      const signature = sign(null, Buffer.from(body), webhookKeys(store).privateKey).toString("base64");
      return [
        { url, headers: { ...json, "x-ghl-signature": signature, "x-wh-signature": "N/A" }, body },
        ...workflow({ event: "Call Completed", callStatus: capitalized(status), transcript, ...told }),
        ...(disposition ? workflow({ event: "Disposition", ...ids, disposition }) : []),
      ];
    },
  };
}

/** `InboundMessage` or `OutboundMessage` (HighLevel, webhook events): flat, with the live envelope, without a body. */
function eventOf(call: StoredCall, locationId: string, timestamp: string): Record<string, unknown> {
  const { id, contactId, conversationId, direction, status, durationSeconds, from, to, dateAdded } = call;
  const missed = direction === "inbound" && status === "voicemail";
  return {
    type: direction === "inbound" ? "InboundMessage" : "OutboundMessage",
    ...{ locationId, attachments: [], contactId, conversationId, dateAdded, direction, messageType: "CALL" },
    ...{ messageId: id, from, to, ...APP, timestamp, webhookId: randomUUID() },
    ...(missed
      ? { status: "voicemail", messageTypeId: 10, messageTypeString: "TYPE_VOICEMAIL" }
      : {
          status: "completed",
          callStatus: status,
          callDuration: durationSeconds,
          messageTypeId: 1,
          messageTypeString: "TYPE_CALL",
        }),
  };
}

/** Workflows have been seen to write statuses in mixed case. */
function capitalized(status: string): string {
  return status.slice(0, 1).toUpperCase() + status.slice(1);
}
