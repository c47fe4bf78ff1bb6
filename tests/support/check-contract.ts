import type { getRequestListener } from "@hono/node-server";
import { z } from "zod";
import type { createHttpApp } from "../../server/http/app.ts";
import { createDocument } from "../../server/http/openapi/create-document.ts";

type App = ReturnType<typeof createHttpApp>;

const Answer = z.object({
  content: z
    .record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()), example: z.unknown() }))
    .optional(),
});
const Refusal = z.object({ $ref: z.string() });
const Operation = z.object({ responses: z.record(z.string(), z.union([Refusal, Answer])) });
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    responses: z.record(z.string(), Answer),
  }),
});

export interface CheckedApp {
  readonly fetch: Parameters<typeof getRequestListener>[0];
  /** Throws when an answer was not as the API's own description says. */
  assertKept(): void;
}

/** Compares every answer below /api with the OpenAPI document, read as a client would read it: as JSON Schema. */
export function checkContract(app: App): CheckedApp {
  const document = Document.parse(JSON.parse(JSON.stringify(createDocument("http://127.0.0.1"))));
  const breaches = new Set<string>();
  const schemas = new Map<string, z.ZodType>();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}/?$`),
      isTemplate: path.includes("{"),
      operation,
    })),
  );

  function breachOf(method: string, path: string, status: number, body: string): string | null {
    const fitting = operations.filter((known) => known.method === method && known.pattern.test(path));
    const found = fitting.find(({ isTemplate }) => !isTemplate) ?? fitting[0];
    if (!found) return null;
    const told = found.operation.responses[String(status)];
    const said = told && "$ref" in told ? document.components.responses[told.$ref.split("/").at(-1) ?? ""] : told;
    if (!said) return `${found.name} answered ${status}, of which its description says nothing.`;
    if (!said.content) return body === "" ? null : `${found.name} answered ${status} with a body.`;
    const json = said.content["application/json"];
    if (!json) return columnsMissing(found.name, said.content["text/csv"]?.example, body);
    const schema = schemaOf(`${found.name} ${status}`, json.schema);
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success ? null : `${found.name} answered ${status}: ${z.prettifyError(parsed.error)}`;
  }

  function columnsMissing(name: string, example: unknown, body: string): string | null {
    const [given = [], shown = []] = [body, String(example)].map(headersOf);
    const missing = shown.filter((header) => !given.includes(header));
    return missing.length === 0 ? null : `${name} has no column ${missing.join(", ")}, unlike its example.`;
  }

  function schemaOf(name: string, schema: Record<string, unknown>): z.ZodType {
    const known = schemas.get(name);
    if (known) return known;
    const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
    const made = z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
    schemas.set(name, made);
    return made;
  }

  return {
    async fetch(request, env) {
      const { pathname } = new URL(request.url);
      const answer = await app.fetch(request, env);
      if (!pathname.startsWith("/api/") || request.method === "HEAD") return answer;
      const breach = breachOf(request.method, pathname, answer.status, await answer.clone().text());
      if (breach) breaches.add(breach);
      return answer;
    },
    assertKept() {
      if (breaches.size > 0) throw new Error(`The API broke its description:\n${[...breaches].join("\n")}`);
    },
  };
}

function headersOf(csv: string): string[] {
  const [line = ""] = csv.replace("\ufeff", "").split("\r\n", 1);
  return line.split(",");
}
