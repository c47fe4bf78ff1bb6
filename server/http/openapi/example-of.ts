import { createHash } from "node:crypto";
import { EXAMPLE_WORDS } from "./example-words.ts";
import type { JsonSchema } from "./named-schemas.ts";

/** A value that a schema of the document describes, with words a reader knows. `name`: of what it is, e.g. `contact`. */
export type ExampleOf = (schema: JsonSchema, name: string) => unknown;

type Json = Readonly<Record<string, unknown>>;

/** The moment of all examples. */
const MOMENT = "2026-03-02T09:30:00.000Z";
const ID_HEAD = "019cad4e";

/** `components` are the schemas others refer to. The same schema always gives the same example. */
export function createExamples(components: Readonly<Record<string, JsonSchema>>): ExampleOf {
  return exampleOf;

  function exampleOf(schema: Json, name: string, owner = ""): unknown {
    const { $ref } = schema;
    if (typeof $ref === "string") {
      const referred = $ref.slice($ref.lastIndexOf("/") + 1);
      return exampleOf(components[referred] ?? {}, name === "items" ? referred : name, owner);
    }
    if ("const" in schema) return schema.const;
    const words = [...(EXAMPLE_WORDS[`${owner}.${name}`] ?? []), ...(EXAMPLE_WORDS[name] ?? [])];
    const word = words.find((one) => takes(schema, one));
    if (word !== undefined) return word;
    if (Array.isArray(schema.enum)) return schema.enum[0];
    const [choice] = choicesOf(schema);
    return choice ? exampleOf(choice, name, owner) : byType(schema, name);
  }

  function byType(schema: Json, name: string): unknown {
    switch ([schema.type].flat()[0]) {
      case "object":
        return objectOf(schema, name);
      case "array":
        return listOf(schema, name);
      case "string":
        return textOf(schema, name);
      case "integer":
      case "number":
        return schema.default ?? Math.max(1, Number(schema.minimum ?? 1));
      case "boolean":
        return schema.default ?? false;
      case "null":
        return null;
      default:
        return {};
    }
  }

  function objectOf({ properties, propertyNames, additionalProperties }: Json, name: string): Json {
    if (!properties) {
      const { enum: named } = asSchema(propertyNames);
      const keys = Array.isArray(named) ? named.map(String) : ["plan"];
      return Object.fromEntries(keys.map((key) => [key, exampleOf(asSchema(additionalProperties), key)]));
    }
    const owner = plainName(name);
    return Object.fromEntries(
      Object.entries(asSchema(properties)).map(([key, schema]) => [
        key,
        exampleOf(asSchema(schema), key === "id" ? `${owner}Id` : key, owner),
      ]),
    );
  }

  /** Of a list whose entries are of several kinds, one of each; else as few as there may be, and one at least. */
  function listOf({ items: entries, minItems }: Json, name: string): unknown[] {
    const items = asSchema(entries);
    const kinds = choicesOf(items).filter((kind) => "properties" in kind);
    const of = name === "items" ? name : singular(name);
    if (kinds.length > 1) return kinds.map((kind) => exampleOf(kind, of));
    const others = Array.from({ length: Math.max(1, Number(minItems ?? 1)) - 1 }, () =>
      exampleOf(items, `other ${of}`),
    );
    return [exampleOf(items, of), ...others];
  }

  /** Whether a word may stand there: by type, and for texts by pattern and length. */
  function takes(schema: Json, word: unknown): boolean {
    const choices = choicesOf(schema, true);
    if (choices.length > 0) return choices.some((choice) => takes(choice, word));
    if ("const" in schema) return schema.const === word;
    if (Array.isArray(schema.enum)) return schema.enum.includes(word);
    if (Array.isArray(word)) return schema.type === "array" && word.every((one) => takes(asSchema(schema.items), one));
    if (typeof word === "object" && word !== null)
      return schema.type === "object" && !("properties" in schema) && fits(schema, word);
    if (typeof word === "number") return isNumberFor(schema, word);
    if (typeof word !== "string") return [schema.type].flat().includes(word === null ? "null" : typeof word);
    return [schema.type].flat().includes("string") && isTextFor(schema, word);
  }

  function fits({ additionalProperties }: Json, word: object): boolean {
    return Object.values(word).every((one) => {
      const value = asSchema(additionalProperties);
      return Object.keys(value).length === 0 || takes(value, one);
    });
  }
}

function choicesOf(schema: Json, withNull = false): Json[] {
  const choices = [schema.anyOf ?? schema.oneOf ?? []].flat().map(asSchema);
  return withNull ? choices : choices.filter(({ type }) => type !== "null");
}

function isNumberFor({ type, minimum, maximum, default: usual }: Json, word: number): boolean {
  if (usual !== undefined || ![type].flat().some((one) => one === "integer" || one === "number")) return false;
  return word >= Number(minimum ?? word) && word <= Number(maximum ?? word);
}

function isTextFor({ format, pattern, minLength, maxLength }: Json, word: string): boolean {
  if (format === "uuid" || format === "date-time" || format === "date") return false;
  if (typeof pattern === "string" && !new RegExp(pattern).test(word)) return false;
  return word.length >= Number(minLength ?? 0) && word.length <= Number(maxLength ?? Number.POSITIVE_INFINITY);
}

function textOf({ format, maxLength }: Json, name: string): string {
  switch (format) {
    case "uuid":
      return idFor(name);
    case "date-time":
      return MOMENT;
    case "date":
      return MOMENT.slice(0, 10);
    case "uri":
      return "https://example.com/";
    default:
      return name.endsWith("Id") ? idFor(name) : inWords(name).slice(0, Number(maxLength ?? 200));
  }
}

/** Of one thing the same wherever it is named: `contactId`, and `id` of a contact. */
function idFor(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${ID_HEAD}-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

/** `ContactSummary` → `contact`. */
function plainName(name: string): string {
  const plain = name.replace(/(Summary|Detail|Card|View|Batch|Run)$/, "");
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

export function singular(name: string): string {
  return name
    .replace(/ies$/, "y")
    .replace(/(?<!s)s$/, "")
    .replace(/sse$/, "ss");
}

/** `accountName` → `Account name`. */
function inWords(name: string): string {
  const words = name.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function asSchema(value: unknown): Json {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
