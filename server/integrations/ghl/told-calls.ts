import { z } from "zod";
import type { PhoneCallHit } from "../../domain/phone-calls/phone-call.ts";
import { PhoneCallId, toPhoneCallHit } from "./phone-call-hit.ts";

/** `InboundMessage` and `OutboundMessage` of an app; which of the two says nothing, `direction` does. */
const CallMessage = z.looseObject({
  messageId: PhoneCallId,
  messageType: z.string().nullish(),
  messageTypeString: z.string().nullish(),
});

/** What is a call among messages. */
export const CALL_TYPES = new Set([
  "CALL",
  "VOICEMAIL",
  "TYPE_CALL",
  "TYPE_VOICEMAIL",
  "TYPE_IVR_CALL",
  "TYPE_CUSTOM_CALL",
]);

const VoiceAiCall = z.looseObject({
  messageId: PhoneCallId.nullish(),
  id: PhoneCallId,
  trialCall: z.boolean().nullish(),
});

/** A call that an app's event tells of; null for what is none. */
export function callOfEvent(type: string, body: object, at: Date): PhoneCallHit | null {
  if (type === "VoiceAiCallEnd") return callOfVoiceAi(body, at);
  if (type !== "InboundMessage" && type !== "OutboundMessage") return null;
  const { data } = CallMessage.safeParse(body);
  if (!data || ![data.messageType, data.messageTypeString].some((one) => CALL_TYPES.has(one?.toUpperCase() ?? ""))) {
    return null;
  }
  const statuses = [data.callStatus, data.status, data.messageTypeString === "TYPE_VOICEMAIL" ? "voicemail" : null];
  const [recordingUrl] = Array.isArray(data.attachments) ? data.attachments : [];
  const { messageId, contactId, direction, from, to, dateAdded, callDuration } = data;
  const told = { contactId, direction, from, to, statuses, startedAt: dateAdded, duration: callDuration, recordingUrl };
  return toPhoneCallHit({ externalId: messageId, ...told }, at);
}

function callOfVoiceAi(body: object, at: Date): PhoneCallHit | null {
  const { data } = VoiceAiCall.safeParse(body);
  if (!data || data.trialCall) return null;
  const { contactId, fromNumber, duration, transcript, createdAt } = data;
  const told = { contactId, direction: "inbound", from: fromNumber, duration, transcript, startedAt: createdAt };
  const { messageId, id } = data;
  const named = { externalId: messageId ?? id, isUnknownToLog: !messageId };
  return toPhoneCallHit({ ...named, ...told, statuses: ["completed"] }, at);
}

/** What authors of workflows call the parts of a call, beginning with what our guide tells them to. */
const NAMES = {
  callId: ["callId", "call_id", "callSid", "call_sid"],
  messageId: ["messageId", "message_id"],
  contactId: ["contactId", "contact_id"],
  event: ["event", "eventType", "event_type", "type"],
  direction: ["direction", "callDirection", "call_direction"],
  status: ["callStatus", "call_status", "status"],
  startedAt: ["startedAt", "started_at", "dateAdded", "date_added"],
  duration: ["callDuration", "call_duration", "duration"],
  transcript: ["transcript", "callTranscript", "call_transcript", "transcription"],
  recordingUrl: ["recordingUrl", "recording_url"],
  disposition: ["disposition", "callDisposition", "call_disposition"],
  from: ["from"],
  to: ["to"],
  phone: ["phone"],
} as const;

const Body = z.record(z.string(), z.unknown());

type WorkflowCallReading =
  | { readonly kind: "call"; readonly call: PhoneCallHit }
  /** It is about a call, and does not say which. */
  | { readonly kind: "nameless" }
  | { readonly kind: "other" };

/**
 * A telephone call that a workflow tells of: "Call Completed" and "Disposition" come in either order. HighLevel's own
 * webhook action puts what its author wrote below `customData`.
 */
export function callOfWorkflow(body: unknown, at: Date): WorkflowCallReading {
  const root = Body.safeParse(body).data ?? {};
  const fields = new Map(Object.entries({ ...root, ...Body.safeParse(root.customData).data }));
  const told = (name: keyof typeof NAMES) =>
    NAMES[name].map((key) => fields.get(key)).find((value) => value !== undefined && value !== null && value !== "");

  const event = String(told("event") ?? "");
  const messageId = idOf(told("messageId"));
  const externalId = idOf(told("callId")) ?? messageId;
  const isCall = externalId || /\bcall|disposition/i.test(event) || told("disposition") !== undefined;
  if (!isCall && told("transcript") === undefined) return { kind: "other" };
  if (!externalId) return { kind: "nameless" };
  const call = toPhoneCallHit(
    {
      externalId,
      isUnknownToLog: externalId !== messageId,
      contactId: told("contactId"),
      direction: told("direction"),
      from: told("from"),
      to: told("to"),
      phone: told("phone"),
      statuses: [told("status")],
      startedAt: told("startedAt"),
      duration: told("duration"),
      transcript: told("transcript"),
      recordingUrl: told("recordingUrl"),
      disposition: told("disposition"),
      dispositionSource: isOfDisposition(event, told("status") !== undefined) ? "workflow" : "crm",
    },
    at,
  );
  return { kind: "call", call };
}

/** Somebody made a workflow for dispositions; beside a completed call, it is what HighLevel has inferred. */
function isOfDisposition(event: string, hasStatus: boolean): boolean {
  return /disposition/i.test(event) || (event === "" && !hasStatus);
}

function idOf(told: unknown): string | null {
  const text = typeof told === "number" ? String(told) : told;
  return PhoneCallId.safeParse(text).data ?? null;
}
