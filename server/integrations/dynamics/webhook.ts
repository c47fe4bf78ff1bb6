import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";
import { z } from "zod";
import { equalSecrets } from "../equal-secrets.ts";
import { type CrmWebhook, parseBody, refused, type WebhookInput } from "../webhook.ts";
import { PERSON_OBJECTS } from "./person.ts";
import type { DynamicsCredentials, DynamicsSettings } from "./schema.ts";

/** Where a service endpoint with the authentication HttpHeader puts our secret. */
const SECRET_HEADER = "x-rolodesk-secret";
const NO_GUID = "00000000-0000-0000-0000-000000000000";

const Guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .transform((id) => id.toLowerCase());

/** Of `RemoteExecutionContext` what stays when Dataverse cuts a message above 256 KB; of the rest only who was merged away. */
const ExecutionContext = z.looseObject({
  MessageName: z.string(),
  PrimaryEntityName: z.string(),
  PrimaryEntityId: Guid,
  OperationId: z.string().default(NO_GUID),
  CorrelationId: z.string().default(NO_GUID),
  OperationCreatedOn: z.string().default(""),
  InputParameters: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).catch([]),
});
type ExecutionContext = z.infer<typeof ExecutionContext>;

const KINDS: ReadonlyMap<string, WebhookEventKind> = new Map([
  ["create", "created"],
  ["update", "changed"],
  ["setstate", "changed"],
  ["setstatedynamicentity", "changed"],
  ["assign", "changed"],
  ["qualifylead", "changed"],
  ["merge", "merged"],
  ["delete", "deleted"],
]);

export const dynamicsWebhook: CrmWebhook<DynamicsSettings, DynamicsCredentials> = {
  guide: {
    // only 502, 503 and 504 are, once (Dataverse, Use webhooks)
    repeats: false,
    steps: [
      "Make a secret below. Then, in the Plugin Registration Tool, choose Register New Web Hook: the address above as Endpoint URL, Authentication WebhookKey, the secret as Value.",
      "Below it, register a step for each of the messages Create, Update, Delete and Merge on the primary entity contact, and Create, Update and Delete on lead.",
      "Stage PostOperation, execution mode Asynchronous: a synchronous step would keep people from saving while Rolodesk cannot be reached.",
    ],
    signing: null,
    own: {
      label: "Webhook key",
      hint: "Dataverse does not sign what it sends; this key, which it adds to each call, is what proves it.",
      inAddress: false,
    },
  },
  read(input) {
    const { secrets } = input;
    const given = secretIn(input);
    if (given === null) return refused("unsigned");
    if (!secrets.own) return refused("not_set_up");
    if (!equalSecrets(given, secrets.own)) return refused("bad_signature");
    const body = parseBody(input.rawBody);
    if (typeof body !== "object" || body === null) return refused("malformed");
    const parsed = ExecutionContext.safeParse(body);
    const kind = parsed.success ? KINDS.get(parsed.data.MessageName.toLowerCase()) : undefined;
    if (!parsed.success || !kind || !isPerson(parsed.data)) return { ok: true, events: [] };
    const { PrimaryEntityName: object } = parsed.data;
    const events = concerned(parsed.data).map((externalId) => {
      return { eventId: eventIdOf(parsed.data, externalId), object, externalId, kind };
    });
    return { ok: true, events };
  },
};

/** A merge is told of its winner; the other one is among the message's parameters. */
function concerned({ MessageName, PrimaryEntityId, InputParameters }: ExecutionContext): string[] {
  if (MessageName.toLowerCase() !== "merge") return [PrimaryEntityId];
  const subordinate = Guid.safeParse(InputParameters.find(({ key }) => key === "SubordinateId")?.value);
  return subordinate.success ? [PrimaryEntityId, subordinate.data] : [PrimaryEntityId];
}

function secretIn({ headers, url, pathSecret }: WebhookInput<DynamicsSettings, DynamicsCredentials>): string | null {
  return new URL(url).searchParams.get("code") ?? headers.get(SECRET_HEADER) ?? pathSecret;
}

function isPerson({ PrimaryEntityName }: ExecutionContext): boolean {
  return PERSON_OBJECTS.some((object) => object === PrimaryEntityName);
}

/** An operation is one asynchronous step; a second attempt at delivering it has the same id. */
function eventIdOf(context: ExecutionContext, externalId: string): string {
  const { OperationId, CorrelationId, OperationCreatedOn, MessageName } = context;
  const operation = OperationId === NO_GUID ? `${CorrelationId}:${OperationCreatedOn}` : OperationId;
  return `${operation}:${MessageName}:${externalId}`;
}
