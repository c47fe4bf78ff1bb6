import type { Transform } from "@rolodesk/shared/mapping-transform";

interface TransformChoice {
  /** Names the choice in the list. */
  id: string;
  label: string;
  /** A new transform of this kind. */
  transform: Transform;
}

export const TRANSFORM_CHOICES: readonly TransformChoice[] = [
  { id: "none", label: "As it is", transform: { kind: "none" } },
  { id: "case-title", label: "Capital First Letters", transform: { kind: "case", to: "title" } },
  { id: "case-upper", label: "UPPER CASE", transform: { kind: "case", to: "upper" } },
  { id: "case-lower", label: "lower case", transform: { kind: "case", to: "lower" } },
  { id: "phone-e164", label: "Phone as +12025550123", transform: { kind: "phone", to: "e164" } },
  { id: "phone-national", label: "Phone as (202) 555-0123", transform: { kind: "phone", to: "national" } },
  { id: "name-first", label: "First name of a whole name", transform: { kind: "name", part: "first" } },
  { id: "name-last", label: "Last name of a whole name", transform: { kind: "name", part: "last" } },
  { id: "date-date", label: "Date as 2026-02-03", transform: { kind: "date", to: "date" } },
  {
    id: "date-day_month_year",
    label: "Date as 03/02/2026 (day first)",
    transform: { kind: "date", to: "day_month_year" },
  },
  {
    id: "date-month_day_year",
    label: "Date as 02/03/2026 (month first)",
    transform: { kind: "date", to: "month_day_year" },
  },
  { id: "options", label: "Map values", transform: { kind: "options", map: {} } },
];

/** The choice a transform belongs to. */
export function choiceOf(transform: Transform): string {
  switch (transform.kind) {
    case "case":
    case "phone":
    case "date":
      return `${transform.kind}-${transform.to}`;
    case "name":
      return `name-${transform.part}`;
    default:
      return transform.kind;
  }
}

/** `pro = Professional`, one a line, as it is edited. */
export function linesOfMap(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([ours, theirs]) => `${ours} = ${theirs}`)
    .join("\n");
}

/** Lines without a value on both sides of the first `=` say nothing yet. */
export function mapOfLines(lines: string): Record<string, string> {
  const pairs = lines.split("\n").flatMap((line) => {
    const at = line.indexOf("=");
    const [ours, theirs] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    return at > 0 && ours !== "" && theirs !== "" ? [[ours, theirs] as const] : [];
  });
  return Object.fromEntries(pairs);
}
