import { ApiError } from "@rolodesk/shared/api-error";
import { Conflict } from "@rolodesk/shared/conflict";
import { Connection, CrmField, FieldMapping, MappingFault, ProviderForm } from "@rolodesk/shared/connection";
import { ContactSummary, ContactView } from "@rolodesk/shared/contact";
import { ContactCard, ConversationSummary } from "@rolodesk/shared/conversation";
import { CrmTab } from "@rolodesk/shared/crm-panel";
import { Erasure } from "@rolodesk/shared/erasure";
import { ImportRun } from "@rolodesk/shared/import-run";
import { Message } from "@rolodesk/shared/message";
import { Site } from "@rolodesk/shared/site";
import { SyncRunSummary } from "@rolodesk/shared/sync-log";
import { Candidate, ShownValue, SyncRun } from "@rolodesk/shared/sync-run";
import { User } from "@rolodesk/shared/user";
import { WebhookDelivery, WebhookEndpoint } from "@rolodesk/shared/webhook-endpoint";
import { z } from "zod";

/** What several answers are made of: described once and referred to by name. */
const PARTS = {
  ApiError,
  Candidate,
  Conflict,
  Connection,
  ContactCard,
  ContactSummary,
  ContactView,
  ConversationSummary,
  CrmField,
  CrmTab,
  Erasure,
  FieldMapping,
  ImportRun,
  MappingFault,
  Message,
  ProviderForm,
  ShownValue,
  Site,
  SyncRun,
  SyncRunSummary,
  User,
  WebhookDelivery,
  WebhookEndpoint,
} as const;

export type JsonSchema = Readonly<Record<string, unknown>>;

const PREFIX = "#/components/schemas/";

/** JSON Schemas of answers, which may refer to each other, and of bodies, which stand for themselves. */
export interface SchemaBook {
  answer(schema: z.ZodType): JsonSchema;
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** `answers` are all that `answer` will be asked for. */
export function createSchemaBook(answers: readonly z.ZodType[]): SchemaBook {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(PARTS)) registry.add(schema, { id });
  const parts = new Set(Object.keys(PARTS));
  const ids = new Map<z.ZodType, string>(Object.entries(PARTS).map(([id, schema]) => [schema, id]));
  for (const schema of answers) {
    if (ids.has(schema)) continue;
    ids.set(schema, `answer-${ids.size}`);
    registry.add(schema, { id: `answer-${ids.size - 1}` });
  }
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => PREFIX + id, io: "output" });
  const plain = new Map(Object.entries(schemas).map(([id, schema]) => [id, withoutHead(schema)]));
  return {
    components: Object.fromEntries([...plain].filter(([id]) => parts.has(id))),
    answer(schema) {
      const id = ids.get(schema) ?? "";
      const found = parts.has(id) ? { $ref: PREFIX + id } : plain.get(id);
      if (!found) throw new Error("This answer was not named when the book was made.");
      return found;
    },
  };
}

export function toInputSchema(schema: z.ZodType): JsonSchema {
  return withoutHead(z.toJSONSchema(schema, { io: "input" }));
}

export function toOutputSchema(schema: z.ZodType): JsonSchema {
  return withoutHead(z.toJSONSchema(schema, { io: "output" }));
}

function withoutHead({ $schema: _dialect, $id: _id, ...rest }: JsonSchema): JsonSchema {
  return rest;
}
