import { request } from "../api.ts";

/** The parts of a JSON Schema that the server's document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;
}

interface Answer extends Body {
  readonly description: string;
}

export interface ApiOperation {
  readonly tags: readonly string[];
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Absent where it is us who send. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly "x-admins-only"?: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: "path" | "query" | "header";
    readonly required: boolean;
    readonly description?: string;
    readonly schema: JsonSchema;
  }[];
  readonly requestBody?: Body;
  /** Refusals are told once, in the document's components. */
  readonly responses: Readonly<Record<string, Answer | { readonly $ref: string }>>;
}

export interface ApiDocument {
  readonly info: { readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  /** What receivers are sent, by the type of event. */
  readonly webhooks: ApiDocument["paths"];
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}

/** Every answer of an operation by its status, those included that the document tells of elsewhere. */
export function answersOf({ components }: ApiDocument, { responses }: ApiOperation): [status: string, Answer][] {
  return Object.entries(responses).flatMap(([status, answer]) => {
    const told = "$ref" in answer ? components.responses[answer.$ref.slice(answer.$ref.lastIndexOf("/") + 1)] : answer;
    return told ? [[status, told]] : [];
  });
}

export function readApiDocument(): Promise<ApiDocument> {
  return request("GET", "/api/openapi.json");
}
