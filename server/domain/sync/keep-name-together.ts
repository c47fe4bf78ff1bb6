import { normalForm } from "./normal-form.ts";
import type { Decision, PlannedField } from "./plan-sync.ts";

const HALVES = ["firstName", "lastName"] as const;

/**
 * First and last name are one unit: where one half differs, the other is not filled beside it, or "Bob" and
 * "Robert Smythe" would become "Bob Smythe" by accident. It waits with the other half instead.
 */
export function keepNameTogether(decisions: readonly Decision[], fields: readonly PlannedField[]): Decision[] {
  const comparison = new Map(fields.map((field) => [field.property, field.comparison]));
  const differing = decisions.filter((decision) => {
    const compared = comparison.get(decision.property);
    if (!isHalf(decision.field) || !compared) return false;
    const [H, C] = [normalForm(decision.chat, compared), normalForm(decision.crm, compared)];
    return H !== null && C !== null && H !== C && decision.kind !== "overwrite";
  });
  if (differing.length === 0) return [...decisions];

  const asks = differing.some(({ kind }) => kind === "conflict");
  return decisions.map((decision) => {
    const writes = decision.kind === "fill" || decision.kind === "overwrite";
    if (!isHalf(decision.field) || !writes) return decision;
    return { ...decision, kind: asks ? "conflict" : "noop", reason: "other_half_of_name_differs", write: null };
  });
}

function isHalf(field: string): boolean {
  return HALVES.some((half) => half === field);
}

/** Fields that are shown and settled together. */
export function unitOf(field: string): string {
  return isHalf(field) ? "name" : field;
}
