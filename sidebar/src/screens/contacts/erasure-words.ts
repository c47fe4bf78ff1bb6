import type { Erasure, ErasureStep } from "@rolodesk/shared/erasure";

export const ERASURE_TAGS = {
  running: { tone: "accent", text: "Under way" },
  done: { tone: "ok", text: "Done" },
  failed: { tone: "danger", text: "Needs attention" },
} as const satisfies Record<Erasure["status"], { tone: string; text: string }>;

/** Of one record: whether it is settled. What a CRM refuses for the moment is tried again by itself. */
export const STEP_TAGS = {
  waiting: { tone: "accent", text: "Under way" },
  done: { tone: "ok", text: "Done" },
  failed: { tone: "danger", text: "Failed" },
} as const satisfies Record<ErasureStep["status"], { tone: string; text: string }>;

/** What was, or is to be, done about a record. */
export function stepText({ action, status, externalId, object }: ErasureStep): string {
  const record = `${object} ${externalId}`;
  if (action === "off") return `The ${record} and its link were left alone.`;
  if (action === "unlink") return `The link to the ${record} was ended.`;
  if (status === "done") return `The ${record} was deleted.`;
  return status === "failed" ? `The ${record} could not be deleted.` : `The ${record} is being deleted.`;
}
