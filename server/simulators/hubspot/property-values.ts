import type { PropertyProblem } from "./api-failure.ts";
import { findProperty } from "./property-catalog.ts";
import type { HubSpotState, PropertyDefinition } from "./state.ts";

const MAX_TEXT = 65_536;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/;

interface CheckedValues {
  /** `""` clears. */
  readonly values: Readonly<Record<string, string>>;
  readonly problems: readonly PropertyProblem[];
}

/** Judges a write's `properties`: every bad one is named, and HubSpot then writes none of them. */
export function checkValues(state: HubSpotState, input: Readonly<Record<string, unknown>>): CheckedValues {
  const values: [string, string][] = [];
  const problems: PropertyProblem[] = [];
  for (const [name, raw] of Object.entries(input)) {
    const value = raw === null || raw === undefined ? "" : String(raw);
    const problem = problemOf(findProperty(state, name), name, value);
    if (problem) problems.push({ name, ...problem });
    else values.push([name, name === "email" ? value.trim() : value]);
  }
  return { values: Object.fromEntries(values), problems };
}

type Problem = Omit<PropertyProblem, "name">;

function problemOf(property: PropertyDefinition | undefined, name: string, value: string): Problem | undefined {
  if (!property) return { error: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` };
  if (property.readOnlyValue) {
    const kind = property.calculated ? "calculated" : "read only";
    return { error: "READ_ONLY_VALUE", message: `"${name}" is a ${kind} property; its value cannot be set.` };
  }
  if (value === "") return undefined;
  if (name === "email" && !EMAIL.test(value.trim())) {
    return { error: "INVALID_EMAIL", message: `Email address ${value} is invalid` };
  }
  return problemOfType(property, value);
}

function problemOfType(property: PropertyDefinition, value: string): Problem | undefined {
  switch (property.type) {
    case "number":
      if (/^-?\d+(\.\d+)?$/.test(value)) return undefined;
      return { error: "INVALID_LONG", message: `${value} was not a valid number.` };
    case "date":
    case "datetime":
      if (/^-?\d+$/.test(value) || !Number.isNaN(Date.parse(value))) return undefined;
      return { error: "INVALID_DATE", message: `${value} was not a valid date.` };
    case "bool":
      if (value === "true" || value === "false") return undefined;
      return { error: "INVALID_OPTION", message: `${value} was not one of the allowed options: [true, false]` };
    case "enumeration":
      return problemOfOption(property, value);
    default:
      if (value.length <= MAX_TEXT) return undefined;
      return { error: "INVALID_LENGTH", message: `The value is longer than ${MAX_TEXT} characters.` };
  }
}

/** Options kept elsewhere (owners, stages) are not in the definition and therefore not checked. */
function problemOfOption(property: PropertyDefinition, value: string): Problem | undefined {
  if (property.externalOptions) return undefined;
  const chosen = property.fieldType === "checkbox" ? value.split(";").filter(Boolean) : [value];
  const allowed = property.options.map((option) => option.value);
  const wrong = chosen.find((one) => !allowed.includes(one));
  if (wrong === undefined) return undefined;
  return { error: "INVALID_OPTION", message: `${wrong} was not one of the allowed options: [${allowed.join(", ")}]` };
}
