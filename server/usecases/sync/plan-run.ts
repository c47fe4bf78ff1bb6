import type { CoreField } from "@rolodesk/shared/vocabulary";
import type { ContactRow } from "../../db/queries/contact.ts";
import { listDismissals } from "../../db/queries/crm-link.ts";
import type { FactRow } from "../../db/queries/fact.ts";
import type { ValueOrigin } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord, FieldValue, Values } from "../../domain/connector.ts";
import { writtenPhone } from "../../domain/identity/phone.ts";
import type { Comparison } from "../../domain/sync/normal-form.ts";
import { type PlannedField, planSync, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import { saidValue } from "../contacts/learn-facts.ts";
import type { PushContext } from "./push-context.ts";

export interface PlanTarget {
  readonly object: string;
  /** null plans a create. */
  readonly record: CrmRecord | null;
  /** Keys that belong to another record and are not written to this one. */
  readonly notOurs: readonly string[];
}

/** The pure plan for one record, from what the chat, the record and the base say. Reads our database, calls nobody. */
export async function planRun(deps: Deps, context: PushContext, target: PlanTarget): Promise<SyncPlan> {
  const { link, connection } = context;
  return planSync({
    record: target.record,
    base: (link?.base ?? {}) as Values,
    fields: context.mapping
      .filter((row) => row.object === target.object)
      .map((row) => plannedField(context, row, target)),
    verified: context.verified,
    verifiedOnly: connection.verifiedOnly,
    dismissed: link ? await listDismissals(deps.db, link.id) : [],
  });
}

/** How a field's values are compared. Both sides of a conflict are compared with the same one. */
export function comparisonOf(field: string, countries: readonly (string | null)[]): Comparison {
  return { as: field === "email" || field === "phone" ? field : "text", countries };
}

function plannedField(
  context: PushContext,
  row: { field: string; property: string; policy: PlannedField["policy"] },
  { record, notOurs }: PlanTarget,
): PlannedField {
  const fact = saidLast(context, row.field);
  return {
    field: row.field,
    property: row.property,
    policy: row.policy,
    comparison: comparisonOf(row.field, context.countries),
    chat: asWritten(
      context,
      row.field,
      fact ? saidValue(row.field, fact, context.said) : knownValue(context, row.field),
    ),
    saidNow: fact !== undefined,
    onlyClaimed: fact === undefined && isOnlyClaimed(context, row.field),
    heldElsewhere: row.field === "email" ? record?.emails : row.field === "phone" ? record?.phones : undefined,
    ownedByAnother: notOurs.includes(row.field),
  };
}

/**
 * What this conversation said of a field, unless the person has said something else since: a push that comes late must not
 * bring back the older value.
 */
export function saidLast({ said, contact }: PushContext, field: string): FactRow | undefined {
  const fact = said.facts.get(field);
  const learned = originOf(contact, field);
  return fact && learned && Date.parse(learned.at) > fact.createdAt.getTime() ? undefined : fact;
}

/** Where our contact's value came from. */
export function originOf({ origins }: ContactRow, field: string): ValueOrigin | undefined {
  const byField: Readonly<Record<string, ValueOrigin | undefined>> = origins;
  return byField[field];
}

function asWritten({ crm }: PushContext, field: string, value: FieldValue): FieldValue {
  if (field !== "phone" || typeof value !== "string") return value;
  return writtenPhone(value, crm.capabilities.dropsPhoneExtensions ?? false);
}

function isOnlyClaimed({ contact }: PushContext, field: string): boolean {
  return originOf(contact, field)?.sure === "claimed";
}

function knownValue({ contact }: PushContext, field: string): FieldValue {
  const core: Record<CoreField, string | null> = contact;
  return field in core ? core[field as CoreField] : null;
}
