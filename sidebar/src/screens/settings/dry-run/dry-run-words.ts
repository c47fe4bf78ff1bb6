import type { DryRunOutcome } from "@rolodesk/shared/dry-run";
import type { DecisionKind } from "@rolodesk/shared/vocabulary";
import type { TagTone } from "../../../components/tag.tsx";
import { counted } from "../../../counted.ts";

export const DECISION_WORDS: Readonly<Record<DecisionKind, string>> = {
  fill: "Would be filled",
  overwrite: "Would be replaced",
  conflict: "Would ask an agent",
  noop: "Stays as it is",
};

/** What would happen in one CRM, in a few words. */
export function outcomeWords({ kind, writes, conflicts }: DryRunOutcome): { tone: TagTone; text: string } {
  switch (kind) {
    case "create":
      return { tone: "ok", text: "Would create a record" };
    case "choose":
      return { tone: "accent", text: "Would ask which record" };
    case "leave":
      return { tone: "plain", text: "Would write nothing" };
    case "problem":
      return { tone: "danger", text: "Could not be tried" };
    case "update":
      return updateWords(writes, conflicts);
  }
}

function updateWords(writes: number, conflicts: number): { tone: TagTone; text: string } {
  const asks = conflicts > 0 ? `${conflicts} to decide` : null;
  const fills = writes > 0 ? `Would write ${counted(writes, "field", "fields")}` : null;
  const text = [fills, asks].filter((part) => part !== null).join(" · ");
  if (text === "") return { tone: "plain", text: "Nothing to write" };
  return { tone: conflicts > 0 ? "amber" : "ok", text };
}
