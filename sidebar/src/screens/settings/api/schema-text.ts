import type { JsonSchema } from "../../../endpoints/api-document.ts";

/** The name of a referred schema: `#/components/schemas/User` → `User`. */
function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

/** Where the safe integers end says nothing to a reader. */
function told(bound: number | undefined): boolean {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
}

function limits({ format, maxLength, minimum, maximum, maxItems, default: usual }: JsonSchema): string {
  const parts = [
    format,
    maxLength === undefined ? undefined : `at most ${maxLength} characters`,
    maxItems === undefined ? undefined : `at most ${maxItems}`,
    told(minimum) ? `from ${minimum}` : undefined,
    told(maximum) ? `to ${maximum}` : undefined,
    usual === undefined ? undefined : `default ${JSON.stringify(usual)}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : `  (${parts.join(", ")})`;
}

/** A schema as a person reads it: the way TypeScript writes types, with limits in brackets. */
export function schemaText(schema: JsonSchema, indent = ""): string {
  if (schema.$ref) return refName(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return unique(choices.map((choice) => schemaText(choice, indent))).join(" | ");
  if (schema.allOf) return schema.allOf.map((part) => schemaText(part, indent)).join(" & ");
  if (schema.properties) return objectText(schema, indent);
  if (schema.type === "array") return `${inBrackets(schemaText(schema.items ?? {}, indent))}[]${limits(schema)}`;
  if (schema.type === "object") return mapText(schema, indent);
  return `${[schema.type ?? "anything"].flat().join(" | ")}${limits(schema)}`;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function inBrackets(text: string): string {
  return text.includes(" ") && !text.startsWith("{") ? `(${text})` : text;
}

function mapText({ additionalProperties }: JsonSchema, indent: string): string {
  const values = typeof additionalProperties === "object" ? schemaText(additionalProperties, indent) : "anything";
  return `{ [name]: ${values} }`;
}

function objectText({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, schema]) => `${inner}${name}${required.includes(name) ? "" : "?"}: ${schemaText(schema, inner)}`,
  );
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

/** A description without the document's Markdown. */
export function withoutMarks(text: string): string {
  return text.replaceAll("`", "");
}
