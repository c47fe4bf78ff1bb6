import type { MappingInput } from "@rolodesk/shared/connection";
import {
  ATTRIBUTE_PREFIX,
  CONVERSATION_SOURCES,
  CORE_FIELDS,
  FIXED_SOURCE,
  FULL_NAME_SOURCE,
} from "@rolodesk/shared/vocabulary";
import type { FieldDescription } from "../connector.ts";
import { fitValue } from "./fit-value.ts";

type Row = MappingInput["fields"][number];

const SOURCES: ReadonlySet<string> = new Set([...CORE_FIELDS, ...CONVERSATION_SOURCES, FULL_NAME_SOURCE, FIXED_SOURCE]);
const ATTRIBUTE_NAME = /^[A-Za-z][\w.-]{0,63}$/;

/**
 * What is wrong with a mapping, by `fields.<row>.<part>`, judged by the CRM's own fields of each object. Empty when it can be
 * saved: then every row names a field that takes at least some of its values.
 */
export function mappingProblems(
  rows: readonly Row[],
  crmFields: ReadonlyMap<string, readonly FieldDescription[]>,
  crmName: string,
): Record<string, string> {
  const problems: Record<string, string> = {};
  const taken = new Set<string>();
  rows.forEach((row, index) => {
    const field = crmFields.get(row.object)?.find(({ property }) => property === row.property);
    const target = `${row.object}.${row.property}`;
    const found = {
      field: sourceProblem(row),
      property: taken.has(target) ? "Another row is mapped to this field already." : targetProblem(row, field, crmName),
      transform: field ? transformProblem(row, field, crmName) : null,
    };
    for (const [part, problem] of Object.entries(found)) if (problem) problems[`fields.${index}.${part}`] = problem;
    taken.add(target);
  });
  return problems;
}

function sourceProblem({ field, transform }: Row): string | null {
  const isAttribute = field.startsWith(ATTRIBUTE_PREFIX) && ATTRIBUTE_NAME.test(field.slice(ATTRIBUTE_PREFIX.length));
  if (!isAttribute && !SOURCES.has(field)) return "Rolodesk has no such field.";
  const isFixed = transform?.kind === "fixed";
  if (field === FIXED_SOURCE && !isFixed) return "Write the fixed value.";
  return isFixed && field !== FIXED_SOURCE ? "A fixed value takes the place of the field: choose “Fixed value”." : null;
}

function targetProblem({ property, policy }: Row, field: FieldDescription | undefined, crmName: string): string | null {
  if (!field) return `The CRM has no field ${property}.`;
  if (field.unreadable) return `${field.label} cannot be mapped. ${field.readOnlyBecause ?? ""}`.trim();
  if (field.writable || policy === "never") return null;
  const reason = field.readOnlyBecause ?? `${field.label} is read-only in ${crmName}.`;
  return `${reason} Choose another field, or the policy “Never write”.`;
}

function transformProblem(
  { field: source, policy, transform }: Row,
  field: FieldDescription,
  crmName: string,
): string | null {
  if (policy === "never" || !field.writable) return null;
  if (transform?.kind === "fixed") return fitValue(transform.value, field, crmName).problem;
  if (transform?.kind === "options") return optionsProblem(Object.values(transform.map), field, crmName);
  const isWhen = source === "endedAt";
  if ((field.type === "date" || field.type === "datetime") && !isWhen && !source.startsWith(ATTRIBUTE_PREFIX)) {
    return `${field.label} takes only dates. Choose another field.`;
  }
  if (transform?.kind === "date" && transform.to !== "date" && field.type !== "text") {
    return `${field.label} does not take dates written like this.`;
  }
  return null;
}

function optionsProblem(values: readonly string[], field: FieldDescription, crmName: string): string | null {
  for (const value of values) {
    const { problem } = fitValue(value, field, crmName);
    if (problem) return problem;
  }
  return null;
}
