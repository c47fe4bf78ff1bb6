/**
 * The closed lists of Rolodesk and the limits at its border. No zod here, so that the widget can import
 * this file at no cost.
 *
 * Words (one per idea)
 * - visitor: a browser on a site · contact: our record of a person · connection: one account in one CRM
 * - record: the CRM's copy of a person · link: contact ↔ record, one per connection
 * - fact: a value learned in chat · base: the value both sides last agreed on
 * - decision: what one mapped field gets · plan: all decisions of one push · run: one push, logged
 */

export const PROVIDERS = ["hubspot", "dynamics", "ghl", "bigcommerce", "memory"] as const;
export type Provider = (typeof PROVIDERS)[number];

export const CONNECTION_STATUSES = ["active", "paused", "needs_reconnect"] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/**
 * How a connection gets in. `key`: by what an admin pasted. `oauth`: by tokens that the vendor gave after somebody had
 * authorized our app in its pages.
 */
export const CONNECTION_ACCESS = ["key", "oauth"] as const;
export type ConnectionAccess = (typeof CONNECTION_ACCESS)[number];

/** What becomes of the record of a person who is erased here: nothing and it stays linked, its link ends, or it is deleted. */
export const ON_ERASE = ["off", "unlink", "delete"] as const;

/** Where a contact came from first. */
export const CONTACT_SOURCES = ["chat", "crm", "file", "agent", "call"] as const;
export type ContactSource = (typeof CONTACT_SOURCES)[number];

/** Ways of writing to a person that they may have forbidden. `all` forbids every one. */
export const CONTACT_CHANNELS = ["all", "email", "sms", "call", "whatsapp", "other"] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** What a contact's history is made of. `file`: a row of a file that was brought in. */
export const TIMELINE_KINDS = ["conversation", "note", "call", "sync", "import", "file", "change"] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** How far a person has come, from first to last. */
export const ENGAGEMENT_LEVELS = ["new", "attempted", "engaged", "interested", "customer", "not_interested"] as const;
export type EngagementLevel = (typeof ENGAGEMENT_LEVELS)[number];

/** Core contact fields every connection maps by default. */
export const CORE_FIELDS = ["firstName", "lastName", "email", "phone", "company", "title"] as const;
export type CoreField = (typeof CORE_FIELDS)[number];

/** What a mapping can write besides the contact's fields: facts of the conversation that causes the push. */
export const CONVERSATION_SOURCES = [
  "pageUrl",
  "pageTitle",
  "referrer",
  "utmSource",
  "utmMedium",
  "utmCampaign",
  "firstMessage",
  "transcriptStart",
  "agentName",
  "endedAt",
] as const;
export type ConversationSource = (typeof CONVERSATION_SOURCES)[number];
/** `attribute:plan` is the attribute `plan` that the host page set. */
export const ATTRIBUTE_PREFIX = "attribute:";
/** First and last name in one. */
export const FULL_NAME_SOURCE = "fullName";
/** No source of ours: the row writes its own fixed value. */
export const FIXED_SOURCE = "fixed";

/** Fields a visitor may state in the widget. */
export const VISITOR_FIELDS = ["firstName", "lastName", "email", "phone"] as const;
export type VisitorField = (typeof VISITOR_FIELDS)[number];

export const FIELD_POLICIES = [
  "fill_blank",
  "ask",
  "crm_wins",
  "chat_wins_if_crm_unchanged",
  "chat_wins",
  "never",
] as const;
export type FieldPolicy = (typeof FIELD_POLICIES)[number];

/** How sure we are of who a visitor is. `failed`: a signed identity was offered and refused. */
export const IDENTITY_STATES = ["anonymous", "claimed", "verified", "failed"] as const;
export type IdentityState = (typeof IDENTITY_STATES)[number];

export const CONVERSATION_STATUSES = ["open", "ended"] as const;
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];

export const ENDED_BY = ["visitor", "agent", "silence"] as const;
export type EndedBy = (typeof ENDED_BY)[number];

/** `event` is a centred system line such as "Sara joined". */
export const MESSAGE_KINDS = ["visitor", "agent", "note", "event"] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What a message of kind `event` tells; the widget says it in the visitor's language. */
export const CHAT_EVENTS = [
  "started",
  "joined",
  "reopened",
  "ended_by_visitor",
  "ended_by_agent",
  "ended_by_silence",
  "continued_elsewhere",
] as const;
export type ChatEvent = (typeof CHAT_EVENTS)[number];

export const RUN_STATUSES = ["queued", "running", "waiting", "done", "failed"] as const;
/** `waiting`: will be tried again by itself. `failed`: in the dead letter until somebody retries it. */
export type RunStatus = (typeof RUN_STATUSES)[number];

export const RUN_RESULTS = [
  "created",
  "updated",
  "unchanged",
  "conflicts_queued",
  "existing_lead",
  "needs_choice",
  "skipped_no_key",
  "failed",
] as const;
export type RunResult = (typeof RUN_RESULTS)[number];

export const RUN_TRIGGERS = ["conversation_end", "agent", "choice"] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

export const DECISION_KINDS = ["fill", "overwrite", "conflict", "noop"] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export const CONFLICT_STATUSES = [
  "pending",
  "applying",
  "applied",
  "kept",
  "superseded",
  "closed_equal",
  "void",
] as const;

export const SETTLE_DECISIONS = ["use_chat", "keep_crm"] as const;

/** What became of one row that was to be settled; see `SettleResult`. */
export const SETTLE_OUTCOMES = ["applied", "kept", "stale", "already_settled", "failed"] as const;
export type SettleOutcome = (typeof SETTLE_OUTCOMES)[number];

/** Of a settlement of many conflicts. `stopped`: its agent may not go on with it. */
export const SETTLEMENT_STATUSES = ["draft", "running", "done", "stopped"] as const;

/** How a record was found. `vouched`: the CRM itself names the record of its signed-in customer. */
export const MATCHED_BY = ["link", "vouched", "email", "phone", "created", "agent"] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

/** Of a conversation's transcript on a record. */
export const NOTE_STATUSES = ["waiting", "added", "failed"] as const;
export type NoteStatus = (typeof NOTE_STATUSES)[number];

/** What a CRM's webhook may say has happened to a record. */
export const WEBHOOK_EVENT_KINDS = ["created", "changed", "deleted", "merged", "privacy_deleted", "restored"] as const;
export type WebhookEventKind = (typeof WEBHOOK_EVENT_KINDS)[number];

/**
 * Of one webhook event. `ignored`: no contact of ours is linked to its record. `failed`: the record could not be read again.
 */
export const WEBHOOK_EVENT_STATUSES = ["waiting", "done", "ignored", "failed"] as const;

/**
 * Why a CRM's delivery was not believed.
 * - `not_set_up`: the secret that would prove it is not stored · `unsigned`, `bad_signature`: not proved
 * - `stale`: proved, but older than can be told from a replay · `malformed`: proved, but no such body
 */
export const WEBHOOK_REFUSALS = ["not_set_up", "unsigned", "bad_signature", "stale", "malformed"] as const;
export type WebhookRefusal = (typeof WEBHOOK_REFUSALS)[number];

/** What other programs can be told of. */
export const OUTGOING_EVENT_TYPES = [
  "conversation.started",
  "conversation.ended",
  "message.created",
  "contact.identified",
  "sync.finished",
  "conflict.queued",
  "conflict.settled",
] as const;
export type OutgoingEventType = (typeof OUTGOING_EVENT_TYPES)[number];

/** Of an address that is told of events. `disabled`: by us, after it failed for days. */
export const ENDPOINT_STATES = ["active", "paused", "disabled"] as const;

export const DELIVERY_STATUSES = ["waiting", "delivered", "failed"] as const;

/** Of a telephone call, from first to furthest: what is told of one later never takes it back. */
export const PHONE_CALL_STATUSES = [
  "pending",
  "ringing",
  "in_progress",
  "canceled",
  "failed",
  "busy",
  "no_answer",
  "voicemail",
  "answered",
  "completed",
] as const;
export type PhoneCallStatus = (typeof PHONE_CALL_STATUSES)[number];

export const PHONE_CALL_DIRECTIONS = ["inbound", "outbound"] as const;
export type PhoneCallDirection = (typeof PHONE_CALL_DIRECTIONS)[number];

/**
 * Who says how a telephone call ended, from least to most sure: our rules, a language model that read the transcript, the
 * CRM beside the call, a workflow that somebody made for it, a person here.
 */
export const DISPOSITION_SOURCES = ["rules", "model", "crm", "workflow", "person"] as const;
export type DispositionSource = (typeof DISPOSITION_SOURCES)[number];

/** How a telephone call may have ended. CRMs have words of their own besides. */
export const DISPOSITIONS = [
  "answered",
  "interested",
  "appointment booked",
  "sold",
  "callback",
  "not interested",
  "do not call",
  "wrong number",
  "voicemail",
  "no answer",
  "busy",
  "failed",
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];
export const DISPOSITION_MAX_CHARS = 60;

/** Of what a language model makes of a call's transcript. `off`: none is set up, or there is too little to read. */
export const CALL_SUMMARY_STATUSES = ["off", "waiting", "done", "failed"] as const;

/** Of a file that is brought in. `pending`: waits for somebody. */
export const BATCH_STATUSES = ["pending", "processing", "completed", "failed"] as const;

/** What a job is doing with a batch. */
export const BATCH_WORKS = ["staging", "checking", "importing", "pushing", "undoing"] as const;
export type BatchWork = (typeof BATCH_WORKS)[number];

/**
 * What a row of a file is beside our contacts. `duplicate`: of an earlier row of the same file. `ambiguous`: several
 * contacts could be meant.
 */
export const ROW_CLASSES = ["matched", "unmatched", "duplicate", "ambiguous", "invalid"] as const;
export type RowClass = (typeof ROW_CLASSES)[number];

/** `skipped`: approved, and left out because it could not be brought in any more. `undone`: its contact was taken out again. */
export const ROW_STATUSES = ["pending", "approved", "imported", "error", "skipped", "rejected", "undone"] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** Of an imported row on its way into a CRM. `linked`: the person was there already. */
export const ROW_PUSHES = ["waiting", "created", "linked", "choose", "failed"] as const;
export type RowPush = (typeof ROW_PUSHES)[number];

/** What a file's column may hold, besides `attribute:<key>`. */
export const FILE_FIELDS = [
  "fullName",
  "firstName",
  "lastName",
  "email",
  "phone",
  "company",
  "title",
  "linkedin",
  "source",
  "tags",
  "notes",
] as const;
export type FileField = (typeof FILE_FIELDS)[number];

export const FILE_ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
export const FILE_DELIMITERS = [",", ";", "\t", "|"] as const;
export type FileDelimiter = (typeof FILE_DELIMITERS)[number];

/** A file of text; a workbook may have a quarter of it. */
export const FILE_MAX_BYTES = 100 * 1024 * 1024;
export const FILE_MAX_ROWS = 500_000;

/** Minutes between two imports from a CRM; 0: only when somebody asks. */
export const IMPORT_INTERVALS = [0, 15, 60, 1440] as const;
/** HighLevel takes no longer filter values. */
export const IMPORT_TAG_MAX_CHARS = 75;

export const ROLES = ["admin", "agent"] as const;
export type Role = (typeof ROLES)[number];

/** What an API key may do. A route asks for exactly one of them; none includes another. */
export const API_SCOPES = [
  "read:conversations", // conversations, their messages, and who answers them
  "write:conversations", // reply, assign, end, reopen, mark as read, vouch for an identity
  "read:contacts", // people: the directory, each contact and its history, and a person as the CRMs know them
  "write:contacts", // add contacts, change and tag them, write notes on them
  "read:sync", // connections by name, the sync log and its figures, conflicts
  "sync", // start and retry syncs, choose records, settle conflicts
  "admin", // sites, users and CRM connections
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Characters, after trimming. Longer messages are refused with `too_long`, never cut. */
export const MESSAGE_MAX_CHARS = 4000;
export const NAME_MAX_CHARS = 100;
export const EMAIL_MAX_CHARS = 254;
export const PHONE_MAX_CHARS = 40;
/** One socket frame or HTTP body from a visitor, in bytes. */
export const VISITOR_FRAME_MAX_BYTES = 64 * 1024;

/** Path of the visitors' socket; `auth: { token }`. */
export const VISITOR_SOCKET_PATH = "/widget/rt";
/** Path of the agents' socket; the session cookie is the credential. */
export const AGENT_SOCKET_PATH = "/rt";

const FIELD_LABELS: Readonly<Record<string, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  title: "Job title",
  fullName: "Full name",
  linkedin: "LinkedIn",
  source: "Source",
  tags: "Tags",
  notes: "Notes",
  fixed: "Fixed value",
  pageUrl: "Page address",
  pageTitle: "Page title",
  referrer: "Referrer",
  utmSource: "UTM source",
  utmMedium: "UTM medium",
  utmCampaign: "UTM campaign",
  firstMessage: "First message",
  transcriptStart: "Beginning of the chat",
  agentName: "Agent",
  endedAt: "End of the chat",
};

/** Our fields and sources as people call them. */
export function fieldLabel(field: string): string {
  if (field.startsWith(ATTRIBUTE_PREFIX)) return `Attribute ${field.slice(ATTRIBUTE_PREFIX.length)}`;
  return FIELD_LABELS[field] ?? field;
}
