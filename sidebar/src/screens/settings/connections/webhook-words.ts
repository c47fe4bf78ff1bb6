import type { WebhookSetup } from "@rolodesk/shared/connection";
import type { WebhookEventKind, WebhookRefusal } from "@rolodesk/shared/vocabulary";

const KIND_WORDS: Record<WebhookEventKind, string> = {
  created: "a record was created",
  changed: "a record was changed",
  deleted: "a record was deleted",
  merged: "records were merged",
  privacy_deleted: "a record was deleted for privacy",
  restored: "a record was restored",
};

/** Why a delivery was not believed, and what to do where that is not meant to be. */
export const REFUSAL_WORDS: Record<WebhookRefusal, { readonly why: string; readonly mend: string }> = {
  not_set_up: {
    why: "nothing is saved here that could prove it",
    mend: "Save the CRM’s secret below, or create ours and enter it in the CRM.",
  },
  unsigned: {
    why: "it carried no proof of where it came from",
    mend: "Follow the steps below to the end. Somebody else may also have tried this address: that does no harm.",
  },
  bad_signature: {
    why: "its proof is wrong",
    mend: "Enter the secret once more, and make sure that the CRM calls exactly the address below.",
  },
  stale: {
    why: "it was signed more than five minutes ago",
    mend: "One of these may be a repetition. If all are refused so, the clock of this server is wrong.",
  },
  malformed: {
    why: "its proof is right, but its content is not what this CRM sends",
    mend: "Make sure that nothing between the CRM and this server changes the body, and that the webhook is of the kind described below.",
  },
};

/** What the newest event said, and what came of it. */
export function eventText({ kind, status, outcome }: NonNullable<WebhookSetup["lastEvent"]>): string {
  const words = KIND_WORDS[kind];
  if (status === "waiting") return `${words}. ${outcome ? `It is tried again: ${outcome}` : "It waits to be read."}`;
  return outcome ? `${words}. ${outcome}` : `${words}.`;
}
