import type { ContactChannel } from "@rolodesk/shared/vocabulary";
import type { PhoneCallFeed } from "./phone-calls/phone-call-feed.ts";
import type { Pull, PullCapabilities } from "./pull.ts";

/**
 * The contract between Rolodesk and a CRM.
 *
 * - connector: our side of one CRM account; a value that satisfies `Connector`
 * - record: a person as the CRM holds it, its values keyed by the CRM's own property names
 * - property: a CRM field name; an opaque string outside `integrations/`
 * - version: an opaque token that changes whenever the record changes, where the CRM has one
 */
export type FieldValue = string | number | boolean | null | readonly string[];
export type Values = Readonly<Record<string, FieldValue>>;

/** A record's address inside one CRM account, e.g. `{ object: "lead", externalId: "…" }`. */
export interface RecordRef {
  readonly object: string;
  readonly externalId: string;
}

export interface CrmRecord extends RecordRef {
  /** Precondition for the next write; null where the CRM has no conditional writes. */
  readonly version: string | null;
  /** Every requested property; null when the CRM holds nothing. */
  readonly values: Values;
  /** Every email address on the record, secondary ones too, as the CRM holds them. */
  readonly emails: readonly string[];
  /** Every telephone number on the record, as the CRM holds them. */
  readonly phones: readonly string[];
  readonly firstName: string | null;
  readonly lastName: string | null;
  /**
   * `closed`: still readable, but not to be written (a disqualified lead). `superseded`: another record has taken its
   * place, which `getContact` finds (a qualified lead, whose person is a contact now).
   */
  readonly state: "open" | "closed" | "superseded";
  /** ISO 8601, as the CRM says; null where it does not. */
  readonly updatedAt: string | null;
  /** Lower case; absent where the CRM has no tags. */
  readonly tags?: readonly string[];
  /** Ways in which the person must not be written to; absent where the CRM does not tell. */
  readonly doNotContact?: readonly ContactChannel[];
}

export type Lookup =
  | { readonly kind: "found"; readonly record: CrmRecord }
  /** The CRM answers with another record: merged, or a lead that became a contact. */
  | { readonly kind: "moved"; readonly record: CrmRecord; readonly reason: "merged" | "qualified" }
  | { readonly kind: "gone" };

/** A telephone number in the forms CRMs are searched by. Never decides a match by itself. */
export interface PhoneQuery {
  /** E.164 without extension, e.g. `+12025550123`. */
  readonly e164: string;
  /** National significant number, digits only, e.g. `2025550123`. */
  readonly national: string;
  /** Other spellings a CRM may hold, e.g. `(202) 555-0123`, `+1 202 555 0123`, `0012025550123`. */
  readonly spellings: readonly string[];
}

export interface FindQuery {
  readonly email?: string;
  readonly phone?: PhoneQuery;
  /** The phone matters only if nobody has the email: a connector that looks keys up one by one may stop there. */
  readonly phoneOnlyIfNoEmail?: boolean;
}

/** One field of the CRM, from its own metadata. */
export interface FieldDescription {
  readonly property: string;
  readonly label: string;
  readonly type:
    | "text"
    | "email"
    | "phone"
    | "number"
    | "boolean"
    | "date"
    | "datetime"
    | "option"
    | "options"
    | "other";
  readonly maxLength: number | null;
  readonly required: boolean;
  readonly writable: boolean;
  /** Why it is not writable, in a sentence for admins, where the CRM gives a reason worth telling. */
  readonly readOnlyBecause?: string;
  /** Set where not even its value can be read as one: it is shown in the list of fields, and cannot be mapped. */
  readonly unreadable?: true;
  readonly custom: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface Note {
  /** Plain text; the connector escapes it for the CRM. */
  readonly body: string;
  /** ISO 8601 */
  readonly at: string;
}

/** What a successful connection test tells about the account behind it. */
export interface AccountInfo {
  readonly accountId: string;
  readonly accountName: string;
  /** Facts the connector wants back on its next construction (JSON), e.g. the location's duplicate rule. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** How a batch asks for a record: by its address, or by an email somebody has. */
export type RecordKey = { readonly ref: RecordRef } | { readonly email: string };

interface RecordUpdate {
  readonly ref: RecordRef;
  readonly changes: Values;
}

/**
 * Many records in one call. Answers stand where their questions stood; null is "not by a batch": the record is not there,
 * has moved, or was refused, and `getContact`, `findContacts` or `updateContact` tells which. Nothing follows from a null.
 */
export interface ConnectorBatch {
  /** Most records one call takes; more are a mistake of the caller. */
  readonly size: number;
  /** Keyed reads from the primary store. */
  getContacts(keys: readonly RecordKey[], properties: readonly string[]): Promise<readonly (CrmRecord | null)[]>;
  /**
   * Writes only the named properties, each record at most once. Returns the records as the CRM now has them. Throws only
   * when the whole call failed; outcome `unknown`: any of them may have been written.
   */
  updateContacts(
    updates: readonly RecordUpdate[],
    properties: readonly string[],
  ): Promise<readonly (CrmRecord | null)[]>;
}

export interface Connector {
  /**
   * Every record that has the email, and every record that has the phone, in no particular order. Records the
   * CRM would not let us write to are included with `state: "closed"`. Never picks: choosing is `domain/identity`'s work.
   * May return false hits (a phone index by digits); the caller compares `emails` and `phones` again.
   */
  findContacts(query: FindQuery, properties: readonly string[]): Promise<readonly CrmRecord[]>;
  /** A keyed read from the CRM's primary store. Follows merges and qualified leads. 403 is an error, not `gone`. */
  getContact(ref: RecordRef, properties: readonly string[]): Promise<Lookup>;
  /**
   * Creates `capabilities.creates`. Calling again with the same key (a UUID) never makes a second record: it returns the
   * first one where the CRM lets us find it, or throws `duplicate` naming the existing id.
   */
  createContact(values: Values, key: string, properties: readonly string[]): Promise<CrmRecord>;
  /**
   * Writes only the named properties; with `ifVersion` only if the record still has that version (where
   * `capabilities.conditionalWrites`; otherwise `ifVersion` is ignored and the caller reads just before).
   * Returns the record as the CRM now has it: a silently dropped value is visible to the caller.
   */
  updateContact(
    ref: RecordRef,
    changes: Values,
    ifVersion: string | null,
    properties: readonly string[],
  ): Promise<CrmRecord>;
  describeFields(object: string): Promise<readonly FieldDescription[]>;
  /** Adds a note once per key: our marker is looked for before a second attempt. Returns the note's id. */
  addNote(ref: RecordRef, note: Note, key: string): Promise<{ readonly noteId: string }>;
  /**
   * Deletes the record because its person is erased, as finally as the CRM's API can. A record that is gone is success, so
   * that a repeated call is harmless.
   */
  deleteContact(ref: RecordRef): Promise<void>;
  /** One cheap read that names the account; throws what is wrong with credentials, scopes or address. */
  checkConnection(): Promise<AccountInfo>;
  /** Address of the record in the CRM's own UI; null when it cannot be known. No call is made. */
  recordUrl(ref: RecordRef): string | null;
  /** Absent where the CRM logs no telephone calls. */
  readonly phoneCalls?: PhoneCallFeed;
  /** Absent where contacts are not imported from this CRM. */
  readonly pull?: Pull;
  /** Only where the CRM takes conditionless reads and updates of many records at once. */
  readonly batch?: ConnectorBatch;
}

export interface ConnectorCapabilities {
  /** Objects a person can be, in the order they win: Dynamics `["contact", "lead"]`. */
  readonly objects: readonly string[];
  /** The object `createContact` makes; null when this CRM, or this connection to it, never creates. */
  readonly creates: string | null;
  /** Properties without which the CRM creates nobody; a create that lacks one is refused before any call. */
  readonly requiredToCreate: readonly string[];
  readonly conditionalWrites: boolean;
  /** Set where the connector has `pull`. */
  readonly pulls?: PullCapabilities;
  /** Set where the connector has `phoneCalls`. */
  readonly logsPhoneCalls?: true;
  /** True when one `findContacts` with both keys costs no more calls than with one. */
  readonly findsBothKeysAtOnce: boolean;
  /** Set where a telephone number's extension would become digits of the number; it is neither written nor compared then. */
  readonly dropsPhoneExtensions?: true;
  /**
   * How long, in ms, after a create with an unknown outcome a lookup can be trusted to find what it made.
   * 0 where the create is keyed (own id, unique email); the search index's lag otherwise.
   */
  createSettlesAfterMs(values: Values): number;
}
