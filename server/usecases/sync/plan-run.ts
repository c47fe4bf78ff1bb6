import { CONVERSATION_SOURCES, CORE_FIELDS, FULL_NAME_SOURCE } from "@rolodesk/shared/vocabulary";
import type { FieldMappingRow } from "../../db/queries/connection.ts";
import type { ContactRow } from "../../db/queries/contact.ts";
import { listDismissals } from "../../db/queries/crm-link.ts";
import type { FactRow } from "../../db/queries/fact.ts";
import type { ValueOrigin } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord, FieldValue } from "../../domain/connector.ts";
import { fullName } from "../../domain/identity/name.ts";
import { writtenPhone } from "../../domain/identity/phone.ts";
import { fitValue } from "../../domain/mapping/fit-value.ts";
import type { MappedValue } from "../../domain/mapping/mapped-value.ts";
import { stoppedBy } from "../../domain/mapping/mapping-faults.ts";
import { sourceValue } from "../../domain/mapping/source-value.ts";
import { transformValue } from "../../domain/mapping/transform-value.ts";
import { type Comparison, comparedAs } from "../../domain/sync/normal-form.ts";
import { type PlannedField, planSync, type SyncPlan } from "../../domain/sync/plan-sync.ts";
import { saidValue } from "../contacts/learn-facts.ts";
import type { PushContext } from "./push-context.ts";

interface PlanTarget {
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
    base: link?.base ?? {},
    fields: context.mapping
      .filter((row) => row.object === target.object)
      .map((row) => plannedField(context, row, target)),
    verified: context.verified,
    verifiedOnly: connection.verifiedOnly,
    dismissed: link ? await listDismissals(deps.db, link.id) : [],
  });
}

/** How a field's values are compared. Both sides of a conflict are compared with the same one. */
export function comparisonOf(
  field: string,
  countries: readonly (string | null)[],
  ours: FieldValue = null,
): Comparison {
  return { as: comparedAs(field, ours), countries };
}

function plannedField(context: PushContext, row: FieldMappingRow, { record, notOurs }: PlanTarget): PlannedField {
  const fact = saidLast(context, row.field);
  const { value, problem } = mappedValue(context, row);
  return {
    field: row.field,
    property: row.property,
    policy: row.policy,
    comparison: comparisonOf(row.field, context.countries, value),
    chat: value,
    misfit: problem,
    saidNow: fact !== undefined || CONVERSATION_SOURCES.some((source) => source === row.field),
    onlyClaimed: fact === undefined && isOnlyClaimed(context, row.field),
    heldElsewhere: row.field === "email" ? record?.emails : row.field === "phone" ? record?.phones : undefined,
    ownedByAnother: notOurs.includes(row.field),
  };
}

/** Our value as the row transforms it and the CRM's field takes it. */
export function mappedValue(context: PushContext, row: FieldMappingRow): MappedValue {
  const { crm, crmFields, countries } = context;
  const fact = saidLast(context, row.field);
  const known = fact ? saidValue(row.field, fact, context.said) : knownValue(context, row.field);
  const transformed = transformValue(known, row.transform, countries);
  if (transformed.problem !== null) return transformed;
  const isAsKnown = row.transform.kind === "none";
  const value = isAsKnown ? asWritten(context, row.field, transformed.value) : transformed.value;
  const fault = stoppedBy(row, crmFields, crm.providerName);
  if (fault) return { value, problem: `${fault.words} Mend the mapping.` };
  const field = crmFields.get(row.object)?.find(({ property }) => property === row.property);
  return field ? fitValue(value, field, crm.providerName) : { value, problem: null };
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
  const sure = originOf(contact, field)?.sure;
  return sure === "claimed" || sure === "recorded";
}

function knownValue({ contact, name, facts }: PushContext, field: string): FieldValue {
  const core = CORE_FIELDS.find((known) => known === field);
  if (core) return contact[core];
  return field === FULL_NAME_SOURCE ? fullName(name) : sourceValue(field, facts);
}
