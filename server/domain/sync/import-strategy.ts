import type { ImportStrategy } from "@rolodesk/shared/import-run";
import type { FieldValue } from "../connector.ts";
import { type Comparison, normalForm } from "./normal-form.ts";

/** A mapped field as it comes in. All values are in the CRM's own form. */
export interface ImportedField {
  readonly field: string;
  readonly property: string;
  readonly comparison: Comparison;
  /** What our contact has, as a push would write it. */
  readonly ours: FieldValue;
  readonly crm: FieldValue;
  /** The value on which both sides last agreed; null when they never did. */
  readonly base: FieldValue;
  /** One side has the other's value too, as a further email or number. */
  readonly heldElsewhere: boolean;
  /** An agent chose to leave exactly this pair as it is. */
  readonly dismissed: boolean;
}

type ImportReason =
  | "crm_blank"
  | "equal"
  | "fills_blank"
  | "cleared_here"
  | "only_crm_moved"
  | "only_ours_moved"
  | "strategy_crm"
  | "strategy_ours"
  | "held_elsewhere"
  | "dismissed"
  | "both_moved"
  | "other_half_of_name";

/** `take`: our contact gets the CRM's value. `keep`: nothing changes. `conflict`: an agent is asked. */
export interface ImportDecision extends ImportedField {
  readonly kind: "take" | "keep" | "conflict";
  readonly reason: ImportReason;
}

/**
 * What an incoming record does to our contact (sync rules, contacts in from CRMs). Pure. The strategy decides only where both
 * sides have moved since they agreed, or never did; no strategy replaces a value by a blank. Deciding again after taking
 * changes nothing.
 */
export function decideImport(fields: readonly ImportedField[], strategy: ImportStrategy): readonly ImportDecision[] {
  const decisions = fields.map((field): ImportDecision => {
    const [kind, reason] = outcomeFor(field, strategy);
    return { ...field, kind, reason };
  });
  return keepNameTogether(decisions);
}

function outcomeFor(
  field: ImportedField,
  strategy: ImportStrategy,
): readonly [kind: ImportDecision["kind"], reason: ImportReason] {
  const H = normalForm(field.ours, field.comparison);
  const C = normalForm(field.crm, field.comparison);
  const B = normalForm(field.base, field.comparison);
  if (C === null) return ["keep", "crm_blank"];
  if (H === C) return ["keep", "equal"];
  if (H === null) return C === B ? ["keep", "cleared_here"] : ["take", "fills_blank"];
  if (H === B) return ["take", "only_crm_moved"];
  if (C === B) return ["keep", "only_ours_moved"];
  if (strategy === "crm") return ["take", "strategy_crm"];
  if (strategy === "ours") return ["keep", "strategy_ours"];
  if (field.heldElsewhere) return ["keep", "held_elsewhere"];
  return field.dismissed ? ["keep", "dismissed"] : ["conflict", "both_moved"];
}

/** A half of a name is not taken beside one that differs and stays: "Bob" and "Robert Smythe" never make "Bob Smythe". */
function keepNameTogether(decisions: readonly ImportDecision[]): readonly ImportDecision[] {
  const halves = decisions.filter(({ field }) => field === "firstName" || field === "lastName");
  const differing = halves.filter(
    ({ kind, reason }) => kind !== "take" && reason !== "equal" && reason !== "crm_blank",
  );
  if (differing.length === 0) return decisions;
  const asks = differing.some(({ kind }) => kind === "conflict");
  return decisions.map((decision) => {
    if (!halves.includes(decision) || decision.kind !== "take") return decision;
    const isAsked = asks && normalForm(decision.ours, decision.comparison) !== null;
    return { ...decision, kind: isAsked ? "conflict" : "keep", reason: "other_half_of_name" };
  });
}
