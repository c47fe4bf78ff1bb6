import { z } from "zod";
import { DESCRIBED_AREAS } from "./described-areas.ts";
import { describeEvents } from "./described-events.ts";
import { createExamples, type ExampleOf, singular } from "./example-of.ts";
import { createSchemaBook, type JsonSchema, type SchemaBook, toInputSchema } from "./named-schemas.ts";
import { REFUSALS, refusalRef } from "./refusals.ts";
import { errorsOf, type RouteDescription, takesIdempotencyKey } from "./route-description.ts";

const ABOUT = `Everything the console does, it does through this API.

Programs come with an API key in \`Authorization: Bearer rk_…\`. A key has scopes; each operation names the one it asks for.
A key may send 120 requests at once and 10 a second after that; beyond it is 429 with \`Retry-After\`.

Errors have one shape, \`ApiError\`. What does not exist and what is not yours are answered alike, with 404.
A POST may carry an \`Idempotency-Key\` of your choice. For 24 hours the same key and body get the same answer, with
\`Idempotency-Replayed: true\`, however often it is sent; what was refused may be sent again. Another body is 409.

Lists come in pages: pass \`nextCursor\` as \`cursor\`. Times are ISO 8601 in UTC. Ids are UUIDs.`;

const GOOD_WORDS: Readonly<Record<number, string>> = {
  200: "Done.",
  201: "Made.",
  202: "Accepted; it goes on.",
  204: "Done; there is nothing to tell.",
};

/** The OpenAPI 3.1 document of every route below /api, from the schemas the routes themselves parse with. */
export function createDocument(publicUrl: string): JsonSchema {
  const routes = DESCRIBED_AREAS.flatMap(({ tag, routes }) =>
    Object.entries(routes).map(([route, description]) => ({ tag, route, description })),
  );
  const book = createSchemaBook(
    routes.flatMap(({ description }) => Object.values(description.answers)).filter((schema) => schema !== null),
  );
  const exampleOf = createExamples(book.components);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const { tag, route, description } of routes) {
    const [method = "", path = ""] = route.split(" ");
    const template = path.replace(/:(\w+)/g, "{$1}");
    paths[template] = {
      ...paths[template],
      [method.toLowerCase()]: toOperation({ book, exampleOf }, tag, route, description),
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Rolodesk", version: "1", description: ABOUT, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: publicUrl }],
    tags: DESCRIBED_AREAS.map(({ tag }) => ({ name: tag })),
    paths,
    webhooks: describeEvents(exampleOf),
    components: { schemas: book.components, responses: REFUSALS, securitySchemes: SECURITY_SCHEMES },
  };
}

interface Means {
  readonly book: SchemaBook;
  readonly exampleOf: ExampleOf;
}

/** Of one operation; `name` says what it is about: `contact`. */
interface Part extends Means {
  readonly name: string;
}

const SECURITY_SCHEMES = {
  session: {
    type: "apiKey",
    in: "cookie",
    name: "rolodesk",
    description:
      "The console's session (`__Host-rolodesk` over https). What changes something needs `x-rolodesk: 1` too.",
  },
  key: {
    type: "http",
    scheme: "bearer",
    description: "An API key, which an admin makes in the settings: `Authorization: Bearer rk_…`.",
  },
};

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Of your choice, for example a UUID. Sent again with it, the request is not carried out again.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
};

function toOperation(means: Means, tag: string, route: string, description: RouteDescription): JsonSchema {
  const { summary, details, access, adminOnly } = description;
  const of: Part = { ...means, name: singular(route.split("/")[2] ?? "") };
  return {
    tags: [tag],
    operationId: toOperationId(route),
    summary,
    ...(details ? { description: details } : {}),
    security: securityOf(access),
    ...(adminOnly ? { "x-admins-only": true } : {}),
    parameters: [
      ...pathParameters(of, route),
      ...queryParameters(of, description),
      ...(takesIdempotencyKey(route, access) ? [IDEMPOTENCY_KEY] : []),
    ],
    ...requestBody(of, description),
    responses: { ...goodAnswers(of, description), ...refusals(route, description) },
  };
}

function requestBody(of: Part, { body, upload }: RouteDescription): JsonSchema {
  if (body) return { requestBody: { required: true, content: json(of, toInputSchema(body)) } };
  if (!upload) return {};
  const schema = { type: "string", format: "binary" };
  const content = upload.types.map((type) => [
    type,
    type === "text/csv" ? { schema, example: upload.example } : { schema },
  ]);
  return { requestBody: { required: true, content: Object.fromEntries(content) } };
}

function securityOf(access: RouteDescription["access"]): JsonSchema[] {
  if (access === "open") return [];
  return access === "session" ? [{ session: [] }] : [{ session: [] }, { key: [access] }];
}

/** `POST /api/sync-runs/:id/retry` → `post-sync-runs-id-retry`. */
function toOperationId(route: string): string {
  return route
    .toLowerCase()
    .replace(" /api", "")
    .replace(/[^a-z]+/g, "-");
}

function pathParameters({ exampleOf, name: owner }: Part, route: string): JsonSchema[] {
  return [...route.matchAll(/:(\w+)/g)].map(([, name]) => {
    const schema = name === "line" ? { type: "integer", minimum: 1 } : { type: "string", format: "uuid" };
    return {
      name,
      in: "path",
      required: true,
      schema,
      example: exampleOf(schema, name === "id" ? `${owner}Id` : String(name)),
    };
  });
}

const QuerySchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())),
  required: z.array(z.string()).default([]),
});

function queryParameters({ exampleOf }: Part, { query }: RouteDescription): JsonSchema[] {
  if (!query) return [];
  const { properties, required } = QuerySchema.parse(toInputSchema(query));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
    example: exampleOf(schema, name),
  }));
}

function goodAnswers(of: Part, { answers, csv }: RouteDescription): JsonSchema {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const asFile = csv ? { content: { "text/csv": { schema: { type: "string" }, example: csv } } } : {};
      const content = schema ? { content: json(of, of.book.answer(schema)) } : asFile;
      return [status, { description: GOOD_WORDS[Number(status)] ?? "Done.", ...content }];
    }),
  );
}

function refusals(route: string, description: RouteDescription): JsonSchema {
  return Object.fromEntries(errorsOf(route, description).map((status) => [status, refusalRef(status)]));
}

function json({ exampleOf, name }: Part, schema: JsonSchema): JsonSchema {
  return { "application/json": { schema, example: exampleOf(schema, name) } };
}
