import { expect, it } from "vitest";
import type { FieldValue, Values } from "../../../server/domain/connector.ts";
import type { ComparedAs } from "../../../server/domain/sync/normal-form.ts";
import {
  type Decision,
  type PlanInput,
  type PlannedField,
  planSync,
  type SyncPlan,
} from "../../../server/domain/sync/plan-sync.ts";

export interface FieldState extends Partial<Omit<PlannedField, "comparison">> {
  readonly field: string;
  readonly as?: ComparedAs;
  readonly crm?: FieldValue;
  readonly base?: FieldValue;
}

export type About = Partial<Omit<PlanInput, "fields" | "record" | "base">>;

/** A planned field whose property is called like it, with the policy every mapping begins with. */
export function planned({ as = "text", crm: _, base: __, ...about }: FieldState): PlannedField {
  return {
    property: about.field,
    policy: "fill_blank",
    chat: null,
    saidNow: true,
    ...about,
    comparison: { as, countries: ["US"] },
  };
}

/** Plans for a record that holds each field's `crm`, against each field's `base`, for a claimed identity. */
export function planFor(states: readonly FieldState[], about: About = {}): SyncPlan {
  const valuesOf = (side: "crm" | "base"): Values =>
    Object.fromEntries(states.map((state) => [state.property ?? state.field, state[side] ?? null]));
  return planSync({
    verified: false,
    verifiedOnly: false,
    dismissed: [],
    ...about,
    record: { object: "contact", externalId: "1", version: "v1", values: valuesOf("crm") },
    base: valuesOf("base"),
    fields: states.map(planned),
  });
}

/** The decision for one field called `company`. */
export function decide(state: Omit<FieldState, "field">, about: About = {}): Decision {
  const [decision] = planFor([{ field: "company", ...state }], about).decisions;
  if (!decision) throw new Error("A mapped field gets a decision.");
  return decision;
}

/** A decision in one line: `noop equal`, `fill blank_in_crm "Acme"`. */
export function inShort({ kind, reason, write }: Decision): string {
  return write === null ? `${kind} ${reason}` : `${kind} ${reason} ${JSON.stringify(write)}`;
}

type Row = [guarantee: string, state: Omit<FieldState, "field">, expected: string, about?: About];

/** One test per row: the decision for `company` in that state, in one line. */
export function checkRows(rows: readonly Row[]): void {
  it.each(rows)("%s", (_, state, expected, about) => {
    expect(inShort(decide(state, about))).toBe(expected);
  });
}
