import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createDocument } from "../../server/http/openapi/create-document.ts";
import { DESCRIBED_AREAS } from "../../server/http/openapi/described-areas.ts";
import { EXAMPLE_WORDS } from "../../server/http/openapi/example-words.ts";

/** What of OpenAPI 3.1.0 the document is made of; nothing else may be in it. (OpenAPI Specification, 4.8.) */
const Json = z.record(z.string(), z.unknown());
const Media = z.strictObject({ schema: Json, example: z.unknown().optional() });
const Content = z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), Media);
const Ref = z.strictObject({ $ref: z.string().startsWith("#/components/responses/") });
const Answer = z.strictObject({
  description: z.string().min(1),
  headers: z.record(z.string(), z.strictObject({ description: z.string(), schema: Json })).optional(),
  content: Content.optional(),
});
const Parameter = z.strictObject({
  name: z.string().min(1),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  description: z.string().optional(),
  schema: Json,
  example: z.unknown().optional(),
});
const Operation = z.strictObject({
  tags: z.array(z.string()).length(1),
  operationId: z.string().regex(/^[a-z-]+$/),
  summary: z.string().regex(/^[A-Z].*[^.]$/),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  "x-admins-only": z.literal(true).optional(),
  parameters: z.array(Parameter),
  requestBody: z.strictObject({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(z.string().regex(/^[2-5](\d\d|XX)$|^default$/), z.union([Ref, Answer])),
});
const Sent = Operation.partial({ security: true });
const Document = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.url() })).min(1),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(
    z.string().startsWith("/api/"),
    z.partialRecord(z.enum(["get", "post", "put", "patch", "delete"]), Operation),
  ),
  webhooks: z.record(z.string(), z.strictObject({ post: Sent })),
  components: z.strictObject({
    schemas: z.record(z.string(), Json),
    responses: z.record(z.string(), Answer),
    securitySchemes: Json,
  }),
});

const document = Document.parse(JSON.parse(JSON.stringify(createDocument("https://chat.example.com"))));
const described = DESCRIBED_AREAS.flatMap(({ routes }) => Object.entries(routes));

function operationOf(route: string) {
  const [method = "", path = ""] = route.split(" ");
  const methods = document.paths[path.replace(/:(\w+)/g, "{$1}")] ?? {};
  const [, operation] = Object.entries(methods).find(([one]) => one === method.toLowerCase()) ?? [];
  if (!operation) throw new Error(`${route} is not in the document.`);
  return operation;
}

/** The document's own schema, as a client would compile it. */
function compile(schema: z.infer<typeof Json>): z.ZodType {
  const refers = JSON.stringify(schema).includes('"$ref"');
  const text = JSON.stringify({ ...schema, ...(refers && { $defs: document.components.schemas }) });
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
}

describe.each(described)("%s", (route, { body, answers, access, query }) => {
  const operation = operationOf(route);

  test("has a heading of the document, a key or a session, and every refusal that is everybody's", () => {
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0]);
    expect(operation.security.flatMap((one) => Object.keys(one))).toEqual(
      access === "open" ? [] : access === "session" ? ["session"] : ["session", "key"],
    );
    expect(Object.keys(document.components.securitySchemes)).toEqual(
      expect.arrayContaining(operation.security.flatMap((one) => Object.keys(one))),
    );
    const refused = Object.entries(operation.responses).filter(([status]) => status >= "400");
    expect(refused.map(([status]) => status)).toEqual(
      expect.arrayContaining(access === "open" ? ["429", "500"] : ["401", "403", "429", "500"]),
    );
    for (const [, answer] of refused) {
      const name = "$ref" in answer ? answer.$ref.slice("#/components/responses/".length) : "";
      expect(Object.keys(document.components.responses)).toContain(name);
    }
  });

  test("names each part of its path, and no parameter twice", () => {
    const names = operation.parameters.map((one) => `${one.in} ${one.name}`);
    expect(new Set(names).size).toBe(names.length);
    const inPath = [...route.matchAll(/:(\w+)/g)].map(([, name]) => name);
    expect(operation.parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(inPath);
    for (const { in: place, schema, example, name } of operation.parameters) {
      if (place !== "header") expect(compile(schema).safeParse(example).success, `${name} ${example}`).toBe(true);
    }
    expect(operation.parameters.filter((one) => one.in === "query")).toHaveLength(
      query ? Object.keys(query.shape).length : 0,
    );
  });

  test("shows a body that it would take", () => {
    const json = operation.requestBody?.content["application/json"];
    expect(json !== undefined).toBe(body !== undefined);
    if (!body || !json) return;
    expect(body.safeParse(json.example)).toMatchObject({ success: true });
    expect(compile(json.schema).safeParse(json.example)).toMatchObject({ success: true });
  });

  test("shows every answer that has a body, as its schema says", () => {
    for (const [status, schema] of Object.entries(answers)) {
      const answer = operation.responses[status];
      const content = answer && "content" in answer ? answer.content : undefined;
      if (schema) {
        const json = content?.["application/json"];
        expect(schema.safeParse(json?.example), status).toMatchObject({ success: true });
        expect(compile(json?.schema ?? {}).safeParse(json?.example), status).toMatchObject({ success: true });
      } else if (content) {
        expect(String(content["text/csv"]?.example).split("\r\n").length, status).toBeGreaterThan(2);
      }
    }
  });
});

test("every refusal is shown as it is given", () => {
  for (const { content } of Object.values(document.components.responses)) {
    const json = content?.["application/json"];
    expect(compile(json?.schema ?? {}).safeParse(json?.example)).toMatchObject({ success: true });
  }
});

test("every event is shown as it is sent", () => {
  for (const { post } of Object.values(document.webhooks)) {
    const json = post.requestBody?.content["application/json"];
    expect(compile(json?.schema ?? {}).safeParse(json?.example)).toMatchObject({ success: true });
  }
});

test("no word is kept for a property that is gone", () => {
  const names = new Set<string>();
  namesIn(document, names);
  expect(Object.keys(EXAMPLE_WORDS).filter((name) => !names.has(name.split(".").at(-1) ?? ""))).toEqual([]);
});

function namesIn(part: unknown, into: Set<string>): void {
  if (typeof part !== "object" || part === null) return;
  if ("properties" in part) for (const name of Object.keys(Json.parse(part.properties))) into.add(name);
  if ("in" in part && "name" in part) into.add(String(part.name));
  for (const one of Object.values(part)) namesIn(one, into);
}
