import { z } from "zod";
import { DESCRIBED_AREAS } from "./described-areas.ts";
import { describeEvents } from "./described-events.ts";
import { createSchemaBook, ERROR_REF, type JsonSchema, type SchemaBook, toInputSchema } from "./named-schemas.ts";
import { errorsOf, type RouteDescription, takesIdempotencyKey } from "./route-description.ts";

const ABOUT = `Everything the console does, it does through this API.

Programs come with an API key in \`Authorization: Bearer rk_…\`. A key has scopes; each operation names the one it asks for.
A key may send 120 requests at once and 10 a second after that; beyond it is 429 with \`Retry-After\`.

Errors have one shape, \`ApiError\`. What does not exist and what is not yours are answered alike, with 404.
A POST may carry an \`Idempotency-Key\` of your choice. For 24 hours the same key and body get the same answer, with
\`Idempotency-Replayed: true\`, however often it is sent; what was refused may be sent again. Another body is 409.

Lists come in pages: pass \`nextCursor\` as \`cursor\`. Times are ISO 8601 in UTC. Ids are UUIDs.`;

const ERROR_WORDS: Readonly<Record<number, string>> = {
  400: "The body or the query does not have this shape; `fields` says where.",
  401: "Nobody is signed in, or the API key is not good.",
  403: "You may not do this, or the API key lacks the scope.",
  404: "It does not exist, or is not yours.",
  409: "The state moved on. Read again and decide again.",
  413: "The body is too large.",
  429: "Too many requests. Wait for as many seconds as `Retry-After` says.",
  500: "A fault of the server.",
  503: "The database is away. Nothing was stored; try again.",
};

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
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const { tag, route, description } of routes) {
    const [method = "", path = ""] = route.split(" ");
    const template = path.replace(/:(\w+)/g, "{$1}");
    paths[template] = { ...paths[template], [method.toLowerCase()]: toOperation(book, tag, route, description) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Rolodesk", version: "1", description: ABOUT, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: publicUrl }],
    tags: DESCRIBED_AREAS.map(({ tag }) => ({ name: tag })),
    paths,
    webhooks: describeEvents(),
    components: { schemas: book.components, securitySchemes: SECURITY_SCHEMES },
  };
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

function toOperation(book: SchemaBook, tag: string, route: string, description: RouteDescription): JsonSchema {
  const { summary, details, access, adminOnly } = description;
  return {
    tags: [tag],
    operationId: toOperationId(route),
    summary,
    ...(details ? { description: details } : {}),
    security: securityOf(access),
    ...(adminOnly ? { "x-admins-only": true } : {}),
    parameters: [
      ...pathParameters(route),
      ...queryParameters(description),
      ...(takesIdempotencyKey(route, access) ? [IDEMPOTENCY_KEY] : []),
    ],
    ...requestBody(description),
    responses: { ...goodAnswers(book, description), ...refusals(route, description) },
  };
}

function requestBody({ body, upload }: RouteDescription): JsonSchema {
  if (body) return { requestBody: { required: true, content: json(toInputSchema(body)) } };
  if (!upload) return {};
  const content = Object.fromEntries(upload.map((type) => [type, { schema: { type: "string", format: "binary" } }]));
  return { requestBody: { required: true, content } };
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

function pathParameters(route: string): JsonSchema[] {
  return [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "line" ? { type: "integer", minimum: 1 } : { type: "string", format: "uuid" },
  }));
}

const QuerySchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())),
  required: z.array(z.string()).default([]),
});

function queryParameters({ query }: RouteDescription): JsonSchema[] {
  if (!query) return [];
  const { properties, required } = QuerySchema.parse(toInputSchema(query));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function goodAnswers(book: SchemaBook, { answers, file }: RouteDescription): JsonSchema {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const asFile = file ? { content: { [file]: { schema: { type: "string" } } } } : {};
      const content = schema ? { content: json(book.answer(schema)) } : asFile;
      return [status, { description: GOOD_WORDS[Number(status)] ?? "Done.", ...content }];
    }),
  );
}

function refusals(route: string, description: RouteDescription): JsonSchema {
  return Object.fromEntries(
    errorsOf(route, description).map((status) => [
      status,
      { description: ERROR_WORDS[status] ?? "Refused.", ...waitOf(status), content: json(ERROR_REF) },
    ]),
  );
}

const RETRY_AFTER = { description: "Seconds to wait.", schema: { type: "integer", minimum: 1 } };

function waitOf(status: number): JsonSchema {
  return status === 429 || status === 503 ? { headers: { "Retry-After": RETRY_AFTER } } : {};
}

function json(schema: JsonSchema): JsonSchema {
  return { "application/json": { schema } };
}
