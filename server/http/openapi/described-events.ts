import { OutgoingEvent } from "@rolodesk/shared/outgoing-event";
import type { OutgoingEventType } from "@rolodesk/shared/vocabulary";
import type { ExampleOf } from "./example-of.ts";
import { type JsonSchema, toOutputSchema } from "./named-schemas.ts";

const WORDS: Readonly<Record<OutgoingEventType | "webhook.test", string>> = {
  "conversation.started": "A visitor began a conversation",
  "conversation.ended": "A conversation ended",
  "message.created": "A visitor or an agent wrote a message",
  "contact.identified": "A conversation was found to belong to a contact",
  "sync.finished": "A sync to a CRM was done, or failed for good",
  "conflict.queued": "Two values differ and wait for an agent",
  "conflict.settled": "A conflict was decided, or ended by itself",
  "webhook.test": "An admin tests the webhook",
};

const HEADERS = [
  ["webhook-id", "Of the event, the same in every try: remember it to notice what you have already."],
  ["webhook-timestamp", "When it was sent, in seconds since 1970. Refuse what is older than five minutes."],
  [
    "webhook-signature",
    "v1, and the base64 of an HMAC-SHA256 over id.timestamp.body; several are separated by a space.",
  ],
].map(([name, description]) => ({ name, in: "header", required: true, description, schema: { type: "string" } }));

const RESPONSES = {
  "2XX": { description: "Taken." },
  "410": { description: "Never again: the webhook is disabled." },
  default: { description: "Not taken. It is sent again, eleven times over two days." },
};

/** What receivers of webhooks are sent, from the schema the bodies are made with. */
export function describeEvents(exampleOf: ExampleOf): JsonSchema {
  return Object.fromEntries(
    OutgoingEvent.options.map((schema) => {
      const type = schema.shape.type.value;
      const told = toOutputSchema(schema);
      const body = {
        required: true,
        content: { "application/json": { schema: told, example: exampleOf(told, "event") } },
      };
      const operationId = `webhook-${type.replace(".", "-")}`;
      const post = { operationId, tags: ["Webhooks"], summary: WORDS[type], parameters: HEADERS };
      return [type, { post: { ...post, requestBody: body, responses: RESPONSES } }];
    }),
  );
}
