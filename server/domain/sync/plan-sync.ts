import type { DecisionKind, FieldPolicy } from "@rolodesk/shared/vocabulary";
import type { FieldValue, RecordRef, Values } from "../connector.ts";
import { keepNameTogether } from "./keep-name-together.ts";
import { type Comparison, isBlank, normalForm, toSet } from "./normal-form.ts";

/** A mapped field with what we know of it. */
export interface PlannedField {
  readonly field: string;
  readonly property: string;
  readonly policy: FieldPolicy;
  readonly comparison: Comparison;
  /** Ours now; null when we know nothing. */
  readonly chat: FieldValue;
  /** Why the CRM's field would not take our value, in words; null when it would. */
  readonly misfit?: string | null;
  /** Whether the visitor gave it in the conversation that causes this push. */
  readonly saidNow: boolean;
  /** Ours was only ever claimed, in an earlier conversation: whoever speaks now does not verify it. */
  readonly onlyClaimed?: boolean;
  /** Other values the record holds for the same thing: its secondary emails, its other telephone numbers. */
  readonly heldElsewhere?: readonly string[];
  /** Another record owns this value as its key: it must not be written here. */
  readonly ownedByAnother?: boolean;
}

export interface PlanInput {
  /** The record to write to; null plans a create. */
  readonly record: (RecordRef & { readonly version: string | null; readonly values: Values }) | null;
  /** property → the value both sides last agreed on. */
  readonly base: Values;
  readonly fields: readonly PlannedField[];
  readonly verified: boolean;
  /** "Only verified identities may write." */
  readonly verifiedOnly: boolean;
  /** Pairs an agent chose to leave, in normal form. */
  readonly dismissed: readonly { readonly property: string; readonly chat: string; readonly crm: string }[];
}

export type DecisionReason =
  | "nothing_known"
  | "policy_never"
  | "equal"
  | "does_not_fit"
  | "held_elsewhere"
  | "owned_by_another"
  | "needs_verified"
  | "blank_in_crm"
  | "said_again_after_clearing"
  | "cleared_in_crm"
  | "dismissed"
  | "added_to_set"
  | "crm_moved"
  | "policy_crm_wins"
  | "policy_asks"
  | "chat_wins"
  | "crm_unchanged"
  | "only_claimed"
  | "differs_without_base"
  | "both_changed"
  | "other_half_of_name_differs";

export interface Decision {
  readonly field: string;
  readonly property: string;
  readonly kind: DecisionKind;
  readonly reason: DecisionReason;
  readonly crm: FieldValue;
  readonly chat: FieldValue;
  readonly base: FieldValue;
  /** What a fill or overwrite writes; null for the others. */
  readonly write: FieldValue;
  /** What a `does_not_fit` is about, in words. */
  readonly misfit?: string;
}

/** All decisions of one push. `apply` executes exactly this; the dry run shows exactly this. */
export interface SyncPlan {
  /** null: create. */
  readonly target: RecordRef | null;
  readonly expectedVersion: string | null;
  readonly decisions: readonly Decision[];
}

/** Three-way comparison of chat, CRM and base (sync rules, 3). Pure: no clock, no I/O. Planning after applying yields no write. */
export function planSync(input: PlanInput): SyncPlan {
  const { record } = input;
  const decisions = input.fields.map((field) => decide(field, input));
  return {
    target: record ? { object: record.object, externalId: record.externalId } : null,
    expectedVersion: record?.version ?? null,
    decisions: keepNameTogether(decisions, input.fields),
  };
}

/** What the plan writes: property → value. */
export function changesOf(plan: SyncPlan): Values {
  const writes = plan.decisions.filter(({ kind }) => kind === "fill" || kind === "overwrite");
  return Object.fromEntries(writes.map(({ property, write }) => [property, write]));
}

type Outcome = [kind: DecisionKind, reason: DecisionReason, write?: FieldValue];

function decide(field: PlannedField, input: PlanInput): Decision {
  const crm = input.record?.values[field.property] ?? null;
  const base = input.base[field.property] ?? null;
  const [kind, reason, write = field.chat] = outcomeFor(field, crm, base, input);
  const writes = kind === "fill" || kind === "overwrite";
  const chat = kind === "conflict" && field.comparison.as === "set" ? write : field.chat;
  return {
    field: field.field,
    property: field.property,
    kind,
    reason,
    crm,
    chat,
    base,
    write: writes ? write : null,
    ...(reason === "does_not_fit" && field.misfit ? { misfit: field.misfit } : {}),
  };
}

function outcomeFor(field: PlannedField, crm: FieldValue, base: FieldValue, input: PlanInput): Outcome {
  const [H, C] = [normalForm(field.chat, field.comparison), normalForm(crm, field.comparison)];
  if (H === null) return ["noop", "nothing_known"];
  if (field.policy === "never") return ["noop", "policy_never"];
  if (H === C) return ["noop", "equal"];
  if (field.misfit) return ["noop", "does_not_fit"];
  if (field.ownedByAnother) return ["noop", "owned_by_another"];
  if (wasDismissed(field, [H, askedAs(field, crm)], C, input)) return ["noop", "dismissed"];
  if (C === null) return forBlank(field, base, input);
  if (field.heldElsewhere?.some((held) => normalForm(held, field.comparison) === H)) return ["noop", "held_elsewhere"];
  return forDifference(field, { H, C, crm, base }, input);
}

function wasDismissed(
  { property }: PlannedField,
  asked: readonly (string | null)[],
  C: string | null,
  { dismissed }: PlanInput,
): boolean {
  return dismissed.some((pair) => pair.property === property && asked.includes(pair.chat) && pair.crm === (C ?? ""));
}

/** What an agent is asked about: of a set it is the union, because using it takes nothing away. */
function askedAs({ chat, comparison }: PlannedField, crm: FieldValue): string | null {
  return comparison.as === "set" ? normalForm([...toSet(crm), ...toSet(chat)], comparison) : null;
}

/** Whether this value may be written as a verified person's. */
function isVerified(field: PlannedField, input: PlanInput): boolean {
  return input.verified && !field.onlyClaimed;
}

function forBlank(field: PlannedField, base: FieldValue, input: PlanInput): Outcome {
  const wasCleared = !isBlank(base);
  if (wasCleared && !field.saidNow) return ["noop", "cleared_in_crm"];
  if (field.policy === "ask") return ["conflict", "policy_asks"];
  if (input.verifiedOnly && !isVerified(field, input)) return ["noop", "needs_verified"];
  return ["fill", wasCleared ? "said_again_after_clearing" : "blank_in_crm"];
}

interface Difference {
  readonly H: string;
  readonly C: string;
  readonly crm: FieldValue;
  readonly base: FieldValue;
}

function forDifference(field: PlannedField, { H, C, crm, base }: Difference, input: PlanInput): Outcome {
  const B = normalForm(base, field.comparison);
  if (field.comparison.as === "set") return forSet(field, { crm, base }, input);
  if (H === B) return ["noop", "crm_moved"];
  if (field.policy === "crm_wins") return ["noop", "policy_crm_wins"];
  const chatWins = field.policy === "chat_wins" || (field.policy === "chat_wins_if_crm_unchanged" && C === B);
  if (chatWins && isVerified(field, input)) {
    return ["overwrite", field.policy === "chat_wins" ? "chat_wins" : "crm_unchanged"];
  }
  if (chatWins) return ["conflict", "only_claimed"];
  if (B === null) return ["conflict", "differs_without_base"];
  return ["conflict", C === B ? "crm_unchanged" : "both_changed"];
}

/** Multi-values are united; taking one away needs an explicit act. One that somebody took away comes back when it is said again. */
function forSet(field: PlannedField, { crm, base }: Pick<Difference, "crm" | "base">, input: PlanInput): Outcome {
  const held = toSet(crm);
  const missing = [...toSet(field.chat)].filter((item) => !held.has(item));
  if (missing.length === 0) return ["noop", "equal"];
  const agreed = toSet(base);
  const added = field.saidNow ? missing : missing.filter((item) => !agreed.has(item));
  if (added.length === 0) return ["noop", "cleared_in_crm"];
  if (field.policy === "crm_wins") return ["noop", "policy_crm_wins"];
  const union = [...held, ...added];
  if (field.policy === "ask") return ["conflict", "policy_asks", union];
  if (input.verifiedOnly && !isVerified(field, input)) return ["noop", "needs_verified"];
  return ["fill", "added_to_set", union];
}
