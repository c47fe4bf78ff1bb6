import type { PhoneCall } from "@rolodesk/shared/phone-call";
import type { DispositionSource, EngagementLevel, PhoneCallStatus } from "@rolodesk/shared/vocabulary";

const STATUS_WORDS: Readonly<Record<PhoneCallStatus, string>> = {
  pending: "not yet connected",
  ringing: "ringing",
  in_progress: "under way",
  canceled: "canceled",
  failed: "failed",
  busy: "busy",
  no_answer: "no answer",
  voicemail: "voicemail",
  answered: "answered",
  completed: "answered",
};

export const ENGAGEMENT_WORDS: Readonly<Record<EngagementLevel, string>> = {
  new: "New",
  attempted: "Tried to reach",
  engaged: "Engaged",
  interested: "Interested",
  customer: "Customer",
  not_interested: "Not interested",
};

/** "Incoming call, answered, 1 min 15 s" */
export function callWords({
  direction,
  status,
  durationSeconds,
}: Pick<PhoneCall, "direction" | "status" | "durationSeconds">): string {
  const kind = direction === null ? "Call" : direction === "inbound" ? "Incoming call" : "Outgoing call";
  const length = durationSeconds === null || durationSeconds === 0 ? null : durationWords(durationSeconds);
  return [kind, status === null ? null : STATUS_WORDS[status], length].filter((part) => part !== null).join(", ");
}

function durationWords(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** Who says how a call ended. */
export function sourceWords({ disposition, connection }: PhoneCall): string | null {
  if (disposition === null) return null;
  const words: Readonly<Record<DispositionSource, string>> = {
    rules: "Inferred from how the call went",
    model: "Read from the transcript by a language model",
    crm: `Told by ${connection.providerName}`,
    workflow: `Set by a workflow in ${connection.providerName}`,
    person: `Set by ${disposition.by ?? "somebody here"}`,
  };
  return words[disposition.source];
}

/** `no answer` as people read it: "No answer". */
export function dispositionWords(value: string): string {
  return value.slice(0, 1).toUpperCase() + value.slice(1);
}

/** A moment to come, in the reader's own time. */
export function momentWords(at: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}
