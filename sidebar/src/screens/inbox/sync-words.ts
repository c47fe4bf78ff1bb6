import type { RunResult } from "@rolodesk/shared/vocabulary";
import type { TagTone } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";

/** The latest push of a conversation in two or three words, for its row. Conflicts have their own amber mark. */
export const SYNC_CHIP: Readonly<Record<RunResult, { text: string; tone: TagTone } | null>> = {
  created: { text: "Created in CRM", tone: "plain" },
  updated: { text: "Synced", tone: "plain" },
  unchanged: { text: "In sync", tone: "plain" },
  conflicts_queued: null,
  existing_lead: { text: "Lead exists", tone: "plain" },
  needs_choice: { text: "Choose a record", tone: "accent" },
  skipped_no_key: { text: "No email or phone", tone: "plain" },
  failed: { text: "Sync failed", tone: "danger" },
};

export function conflictCount(count: number): string {
  return counted(count, "conflict", "conflicts");
}
