import { validationError } from "./api-failure.ts";
import { type JsonObject, optionalText, textIn, textsIn } from "./request-body.ts";

const OPERATORS = [
  "EQ",
  "NEQ",
  "LT",
  "LTE",
  "GT",
  "GTE",
  "BETWEEN",
  "IN",
  "NOT_IN",
  "HAS_PROPERTY",
  "NOT_HAS_PROPERTY",
  "CONTAINS_TOKEN",
  "NOT_CONTAINS_TOKEN",
] as const;
type Operator = (typeof OPERATORS)[number];

export interface Filter {
  readonly property: string;
  readonly operator: Operator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

const QUERY_PROPERTIES = [
  "firstname",
  "lastname",
  "email",
  "phone",
  "hs_additional_emails",
  "fax",
  "mobilephone",
  "company",
];

export function readFilter(filter: JsonObject): Filter {
  const name = textIn(filter, "operator");
  const operator = OPERATORS.find((one) => one === name);
  if (!operator) throw validationError(`Invalid operator: ${name}`);
  const value = optionalText(filter, "value");
  const values = textsIn(filter, "values");
  if (operator.endsWith("HAS_PROPERTY")) {
    if (value !== undefined) throw validationError(`${operator} does not take a value.`);
  } else if (operator === "IN" || operator === "NOT_IN") {
    if (!values || values.length === 0) throw validationError(`${operator} needs values.`);
  } else if (value === undefined) throw validationError(`${operator} needs a value.`);
  return {
    property: textIn(filter, "propertyName"),
    operator,
    value: value ?? "",
    highValue: optionalText(filter, "highValue") ?? "",
    values: values ?? [],
  };
}

/**
 * Text is compared without case, except options of an enumeration; IN compares the lower-cased value with the list as
 * sent, so that capitals in the list of a text property never match. An unknown property matches nothing.
 */
export function matchesFilter(
  properties: Readonly<Record<string, string>>,
  { property, operator, value, highValue, values }: Filter,
  isEnumeration: (property: string) => boolean,
): boolean {
  const held = properties[property];
  if (operator === "HAS_PROPERTY") return held !== undefined;
  if (operator === "NOT_HAS_PROPERTY") return held === undefined;
  if (held === undefined) return operator === "NEQ" || operator === "NOT_IN" || operator === "NOT_CONTAINS_TOKEN";
  const fold = (text: string) => (isEnumeration(property) ? text : text.toLowerCase());
  switch (operator) {
    case "EQ":
      return fold(held) === fold(value) || isSameTime(held, value);
    case "NEQ":
      return fold(held) !== fold(value) && !isSameTime(held, value);
    case "LT":
      return compare(held, value) < 0;
    case "LTE":
      return compare(held, value) <= 0;
    case "GT":
      return compare(held, value) > 0;
    case "GTE":
      return compare(held, value) >= 0;
    case "BETWEEN":
      return compare(held, value) >= 0 && compare(held, highValue) <= 0;
    case "IN":
      return values.includes(fold(held));
    case "NOT_IN":
      return !values.includes(fold(held));
    case "CONTAINS_TOKEN":
      return containsToken(held, value);
    case "NOT_CONTAINS_TOKEN":
      return !containsToken(held, value);
  }
}

export function matchesQuery(properties: Readonly<Record<string, string>>, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = QUERY_PROPERTIES.map((name) => properties[name] ?? "")
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** `mary.ann@example.com` has the tokens of `ann@example.com`: a search by token can bring false hits. */
function containsToken(held: string, wanted: string): boolean {
  if (wanted.includes("*")) {
    const pattern = wanted.split("*").map(escapeForPattern).join(".*");
    const whole = new RegExp(`^${pattern}$`, "i");
    return held.split(/[\s;,]+/).some((token) => whole.test(token));
  }
  return ` ${tokensOf(held)} `.includes(` ${tokensOf(wanted)} `);
}

function tokensOf(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ");
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Dates are sent as epoch milliseconds or ISO 8601, numbers as digits. */
function compare(held: string, wanted: string): number {
  const left = orderable(held);
  const right = orderable(wanted);
  if (left !== null && right !== null) return left - right;
  return held < wanted ? -1 : held > wanted ? 1 : 0;
}

function isSameTime(held: string, wanted: string): boolean {
  return /^\d{4}-\d\d-\d\d(T|$)/.test(held) && orderable(held) === orderable(wanted);
}

function orderable(text: string): number | null {
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
