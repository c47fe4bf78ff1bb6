import { z } from "zod";
import { Id, Instant } from "./ids.ts";
import { Transform } from "./mapping-transform.ts";
import {
  CONNECTION_ACCESS,
  CONNECTION_STATUSES,
  FIELD_POLICIES,
  NAME_MAX_CHARS,
  ON_ERASE,
  PROVIDERS,
  WEBHOOK_EVENT_KINDS,
  WEBHOOK_EVENT_STATUSES,
  WEBHOOK_REFUSALS,
} from "./vocabulary.ts";

/** One input of the form in which an admin connects an account, in the vendor's own words. */
const ProviderInput = z.object({
  name: z.string(),
  in: z.enum(["settings", "credentials"]),
  label: z.string(),
  hint: z.string(),
  required: z.boolean(),
  /** The values it can have, where they are few; the first is what an empty input stands for. */
  choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
});

/** What an admin does at the vendor first, in the vendor's words. */
const ConnectGuide = z.object({
  /** What is made there. */
  name: z.string(),
  /** For whom this way is. */
  about: z.string(),
  steps: z.array(z.string()),
  /** To be ticked there, as they are called there. */
  scopes: z.array(z.string()),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
});
export type ConnectGuide = z.infer<typeof ConnectGuide>;

const Inputs = z.record(z.string().max(64), z.string().trim().max(4000));
const Prefill = z.object({ settings: Inputs, credentials: Inputs });

/** A CRM that can be connected, and what it asks for. */
export const ProviderForm = z.object({
  provider: z.enum(PROVIDERS),
  name: z.string(),
  /** Objects a person can be there, e.g. contact and lead. */
  objects: z.array(z.string()),
  inputs: z.array(ProviderInput),
  guide: ConnectGuide,
  /** Connecting by the vendor's own pages; null where that is not offered. */
  oauth: z
    .object({
      inputs: z.array(ProviderInput),
      guide: ConnectGuide,
      /** To be entered in the app at the vendor, letter by letter. */
      redirectUrl: z.string(),
    })
    .nullable(),
  /** In a demo: what opens the simulated CRM, for either way; null otherwise. */
  demo: z.object({ key: Prefill, oauth: Prefill.nullable() }).nullable(),
});
export type ProviderForm = z.infer<typeof ProviderForm>;

export const NewConnection = z.strictObject({
  provider: z.enum(PROVIDERS),
  name: z.string().trim().min(1, "Give the connection a name.").max(NAME_MAX_CHARS),
  settings: Inputs,
  credentials: Inputs,
  /** Sites it serves; empty: all, also later ones. */
  siteIds: z.array(Id).max(100).default([]),
});
export type NewConnection = z.infer<typeof NewConnection>;

/** Credentials are replaced as a whole or left as they are. */
export const ConnectionChange = z.strictObject({
  name: NewConnection.shape.name.optional(),
  settings: Inputs.optional(),
  credentials: Inputs.optional(),
  siteIds: z.array(Id).max(100).optional(),
  /** "Only verified identities may write." */
  verifiedOnly: z.boolean().optional(),
  lookupOrder: z.enum(["email_first", "phone_first"]).optional(),
  addTranscript: z.boolean().optional(),
  /** What becomes of the record of a person who is erased here. */
  onErase: z.enum(ON_ERASE).optional(),
});
export type ConnectionChange = z.infer<typeof ConnectionChange>;

/** What has become of a mapped field of the CRM since its row was saved. */
export const MappingFault = z.object({
  object: z.string(),
  property: z.string(),
  /** For people: `The field “Lead source” is gone from HubSpot.` */
  words: z.string(),
  /** Whether the row is left out of every sync; otherwise only the values that fit no more are. */
  leavesOut: z.boolean(),
});
export type MappingFault = z.infer<typeof MappingFault>;

export const Connection = z.object({
  id: Id,
  provider: z.enum(PROVIDERS),
  providerName: z.string(),
  name: z.string(),
  status: z.enum(CONNECTION_STATUSES),
  access: z.enum(CONNECTION_ACCESS),
  /** What to do, in words, while it needs somebody; null when all is well. */
  problem: z.string().nullable(),
  accountId: z.string(),
  accountName: z.string(),
  settings: z.record(z.string(), z.string()),
  /** Names of the stored credentials with their last four characters; never more. */
  credentialHints: z.record(z.string(), z.string()),
  siteIds: z.array(Id),
  verifiedOnly: z.boolean(),
  lookupOrder: z.enum(["email_first", "phone_first"]),
  addTranscript: z.boolean(),
  onErase: z.enum(ON_ERASE),
  /** What is broken in its mapping, as the last look at the CRM's fields found; for admins. */
  mappingFaults: z.array(MappingFault),
  /** Why the CRM's fields could not be read when they were looked at last. */
  mappingProblem: z.string().nullable(),
  waitingRuns: z.number().int(),
  lastSyncedAt: Instant.nullable(),
  createdAt: Instant,
});
export type Connection = z.infer<typeof Connection>;

/** How a connection's CRM tells of changes: what to enter there, and what has come. */
export const WebhookSetup = z.object({
  /** The address to enter in the CRM. */
  address: z.string(),
  /** In the CRM's words, one step each. */
  steps: z.array(z.string()),
  /** A secret or key of the CRM that is entered here; null where none is. */
  signing: z.object({ label: z.string(), hint: z.string(), required: z.boolean(), isSet: z.boolean() }).nullable(),
  /** A secret we make, to be entered in the CRM; null where none is. `inAddress`: as the last part of a second address. */
  own: z.object({ label: z.string(), hint: z.string(), inAddress: z.boolean(), isSet: z.boolean() }).nullable(),
  /** The newest event that was believed; null before the first. */
  lastEvent: z
    .object({
      kind: z.enum(WEBHOOK_EVENT_KINDS),
      status: z.enum(WEBHOOK_EVENT_STATUSES),
      outcome: z.string().nullable(),
      at: Instant,
    })
    .nullable(),
  /** The newest delivery that was not believed, and how many there were; null before the first. */
  lastRefusal: z.object({ reason: z.enum(WEBHOOK_REFUSALS), count: z.number().int(), at: Instant }).nullable(),
});
export type WebhookSetup = z.infer<typeof WebhookSetup>;

/** Of the CRM; blank forgets it. */
export const SigningSecret = z.strictObject({ secret: z.string().trim().max(2000) });
export type SigningSecret = z.infer<typeof SigningSecret>;

/** Shown this once. `address` has the secret in it where it belongs there. */
export const WebhookSecret = z.object({ secret: z.string(), address: z.string().nullable() });
export type WebhookSecret = z.infer<typeof WebhookSecret>;

export const FieldMapping = z.strictObject({
  /** A core field, a source of `vocabulary.ts`, or `attribute:<name>`. */
  field: z.string().min(1).max(80),
  object: z.string().min(1).max(64),
  property: z.string().min(1).max(200),
  policy: z.enum(FIELD_POLICIES),
  transform: Transform.default({ kind: "none" }),
});
export type FieldMapping = z.infer<typeof FieldMapping>;

/** The whole mapping of a connection: it is saved at once. */
export const Mapping = z.strictObject({ fields: z.array(FieldMapping).max(200) });
export type Mapping = z.infer<typeof Mapping>;
export type MappingInput = z.input<typeof Mapping>;

/** Which of a CRM's objects is asked about. */
export const ObjectQuery = z.strictObject({ object: z.string().min(1).max(64) });

export const CrmField = z.object({
  property: z.string(),
  label: z.string(),
  type: z.string(),
  maxLength: z.number().int().nullable(),
  required: z.boolean(),
  writable: z.boolean(),
  /** Why it is not writable, where the CRM gives a reason worth telling. */
  readOnlyBecause: z.string().nullable(),
  /** Not even its value can be read as one: it cannot be mapped. */
  unreadable: z.boolean(),
  custom: z.boolean(),
  /** The values it takes, where it takes only some. */
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});
export type CrmField = z.infer<typeof CrmField>;
