import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const Schema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.string().optional(),
    nullable: z.boolean().optional(),
    enum: z.array(z.unknown()).optional(),
    properties: z.record(z.string(), Schema).optional(),
    required: z.array(z.string()).optional(),
    items: Schema.optional(),
    anyOf: z.array(Schema).optional(),
    oneOf: z.array(Schema).optional(),
    allOf: z.array(Schema).optional(),
  }),
);

interface JsonSchema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly nullable?: boolean | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: JsonSchema | undefined;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly allOf?: readonly JsonSchema[] | undefined;
}

const Operation = z.object({
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().optional(), schema: Schema.optional() }))
    .default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
});
type Operation = z.infer<typeof Operation>;

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});
type Document = z.infer<typeof Document>;

interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

/** What is wrong with a request by these OpenAPI documents; empty when nothing is. A name they do not have is wrong, too. */
type CheckRequest = (request: SentRequest) => readonly string[];

/** Undefined when a document is not there. */
export function openApiChecker(files: readonly string[]): CheckRequest | undefined {
  if (!files.every((file) => existsSync(file))) return undefined;
  const documents = files.map((file) => Document.parse(JSON.parse(readFileSync(file, "utf8"))));
  return (request) => {
    for (const document of documents) {
      const operation = operationOf(document, request);
      if (operation) return problemsOf(document, operation, request);
    }
    return [`${request.method} ${request.url.pathname} is not documented`];
  };
}

/** A path written out goes before one with placeholders. */
function operationOf({ paths }: Document, { method, url }: SentRequest): Operation | undefined {
  const known = Object.entries(paths).filter(([path, verbs]) => method.toLowerCase() in verbs && fits(path, url));
  const [best] = known.toSorted(([a], [b]) => a.split("{").length - b.split("{").length);
  return best?.[1][method.toLowerCase()];
}

function fits(path: string, { pathname }: URL): boolean {
  const pattern = path
    .split("/")
    .map((part) => (part.startsWith("{") ? "[^/]+" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")));
  return new RegExp(`^${pattern.join("/")}$`).test(pathname);
}

function problemsOf(document: Document, operation: Operation, request: SentRequest): string[] {
  const { parameters, requestBody } = operation;
  const query = parameters.filter((one) => one.in === "query");
  const undocumented = [...request.url.searchParams.keys()].filter((name) => !query.some((one) => one.name === name));
  const told = parameters.flatMap(({ name, in: place, required, schema }) => {
    if (place === "path") return [];
    const value = place === "header" ? request.headers.get(name) : request.url.searchParams.get(name);
    if (value === null) return required ? [`${place} ${name} is missing`] : [];
    return schema?.enum && !schema.enum.includes(value) ? [`${place} ${name} is ${value}`] : [];
  });
  const schema = requestBody?.content["application/json"]?.schema;
  const body = schema ? misfits(document, schema, request.body, "body") : [];
  const unexpected = !requestBody && request.body !== undefined ? ["a body is not documented"] : [];
  return [...undocumented.map((name) => `query ${name} is not documented`), ...told, ...body, ...unexpected];
}

function misfits(document: Document, schema: JsonSchema, value: unknown, at: string): string[] {
  if (schema.$ref) {
    const target = document.components.schemas[schema.$ref.replace("#/components/schemas/", "")];
    return target ? misfits(document, target, value, at) : [`${at}: ${schema.$ref} is nowhere`];
  }
  if (value === null) return schema.nullable ? [] : [`${at} is null`];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const tries = choices.map((one) => misfits(document, one, value, at));
    return tries.some((one) => one.length === 0) ? [] : [`${at} is none of its choices: ${tries.flat().join("; ")}`];
  }
  if (schema.allOf) return schema.allOf.flatMap((one) => misfits(document, one, value, at));
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is not one of ${schema.enum.join(", ")}`];
  if (schema.type !== undefined && schema.type !== typeOf(value))
    return [`${at} is ${typeOf(value)}, not ${schema.type}`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((one, index) => misfits(document, items, one, `${at}[${index}]`)) : [];
  }
  return typeOf(value) === "object" ? objectMisfits(document, schema, value, at) : [];
}

const AnyObject = z.record(z.string(), z.unknown());

/** An object without documented properties may have any. */
function objectMisfits(document: Document, schema: JsonSchema, value: unknown, at: string): string[] {
  const { properties, required = [] } = schema;
  if (!properties || Object.keys(properties).length === 0) return [];
  const given = AnyObject.parse(value);
  const missing = required.filter((name) => !(name in given)).map((name) => `${at}.${name} is missing`);
  const wrong = Object.entries(given).flatMap(([name, one]) => {
    const known = properties[name];
    return known ? misfits(document, known, one, `${at}.${name}`) : [`${at}.${name} is not documented`];
  });
  return [...missing, ...wrong];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value;
}
