import type { WebhookEventKind, WebhookRefusal } from "@rolodesk/shared/vocabulary";
import type { PhoneCallHit } from "../domain/phone-calls/phone-call.ts";

/** What a CRM's delivery says of one record. Only a hint: the record is read again before anything is believed. */
export interface WebhookEvent {
  /** The same for every delivery of one event, and for no other event of this connection. */
  readonly eventId: string;
  readonly object: string;
  readonly externalId: string;
  readonly kind: WebhookEventKind;
}

export type WebhookReading =
  | {
      readonly ok: true;
      readonly events: readonly WebhookEvent[];
      /** Telephone calls it tells of, where the CRM logs any. */
      readonly phoneCalls?: readonly PhoneCallHit[];
    }
  | { readonly ok: false; readonly reason: WebhookRefusal };

export interface WebhookSecrets {
  /** Made by us and entered in the CRM. */
  readonly own: string | null;
  /** Of the CRM, entered here by an admin. */
  readonly signing: string | null;
}

export interface Delivery {
  /** As it came over the wire: signatures are over bytes. */
  readonly rawBody: Uint8Array;
  readonly headers: Headers;
  /** The address as the CRM was told it, with the query it was called with: our public one, never the Host header's. */
  readonly url: string;
  /** The last part of the address, where it has one. */
  readonly pathSecret: string | null;
}

export interface WebhookInput<Settings, Credentials> extends Delivery {
  readonly secrets: WebhookSecrets;
  readonly settings: Settings;
  readonly credentials: Credentials;
  /** The account the connection belongs to; deliveries about another one hold no events. */
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** How an admin makes the CRM tell us of changes, in the CRM's own words. */
export interface WebhookGuide {
  /** Whether a delivery that is answered with 429 comes again. */
  readonly repeats: boolean;
  readonly steps: readonly string[];
  /** A secret or key of the CRM that proves its deliveries and is entered here; null where none is. */
  readonly signing: { readonly label: string; readonly hint: string; readonly required: boolean } | null;
  /** What our own secret is for there; null where it is not used. `inAddress`: as the last part of a second address. */
  readonly own: { readonly label: string; readonly hint: string; readonly inAddress: boolean } | null;
}

export interface CrmWebhook<Settings, Credentials> {
  readonly guide: WebhookGuide;
  /** Proves a delivery and names its events; those that concern no person, or another account, are left out. Pure. */
  read(input: WebhookInput<Settings, Credentials>): WebhookReading;
}

export function refused(reason: WebhookRefusal): WebhookReading {
  return { ok: false, reason };
}

/** The body as JSON; undefined when it is none. */
export function parseBody(rawBody: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(rawBody).toString("utf8"));
  } catch {
    return undefined;
  }
}
