import type { WebhookSetup } from "@rolodesk/shared/connection";
import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";

const KIND_WORDS: Record<WebhookEventKind, string> = {
  created: "a record was created",
  changed: "a record was changed",
  deleted: "a record was deleted",
  merged: "records were merged",
  privacy_deleted: "a record was deleted for privacy",
  restored: "a record was restored",
};

/** What the newest event said, and what came of it. */
export function eventText({ kind, status, outcome }: NonNullable<WebhookSetup["lastEvent"]>): string {
  const words = KIND_WORDS[kind];
  if (status === "waiting") return `${words}. ${outcome ? `It is tried again: ${outcome}` : "It waits to be read."}`;
  return outcome ? `${words}. ${outcome}` : `${words}.`;
}
