import type { ImportOutcome } from "@rolodesk/shared/import-run";
import type { Tx } from "../../db/client.ts";
import { lockContactKeys } from "../../db/queries/contact-keys.ts";
import { lockImportedPeople } from "../../db/queries/import-page.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { cleanText } from "../../domain/contacts/clean-text.ts";
import { type BuriedKey, ERASED_PERSON_WORDS, readErasedKeys, recordKey } from "../erase/erased-keys.ts";
import type { ImportContext } from "./import-context.ts";
import { type IncomingRecord, toIncoming } from "./incoming-record.ts";
import { matchIncoming } from "./match-incoming.ts";
import { createPageWrites, type PageWrites, storePage } from "./page-writes.ts";
import { type KnownLink, keysOf, openPeopleBook, type PeopleBook } from "./people-book.ts";
import { takeAsNewContact, takeIntoContact } from "./take-into-contact.ts";

const MAX_SHOWN_CHARS = 80;

/** What became of one record. */
export interface TakenRecord {
  readonly incoming: IncomingRecord;
  readonly outcome: ImportOutcome;
  /** Null where there is nothing to say: nothing was new. */
  readonly reason: string | null;
  readonly contactId: string | null;
  /** The contact's link to another record, which may have been merged into this one. */
  readonly otherLink?: KnownLink;
}

export interface PageTurn {
  readonly deps: Deps;
  readonly context: ImportContext;
  readonly book: PeopleBook;
  readonly writes: PageWrites;
  /** Whether a key was an erased person's. */
  readonly isErased: (key: BuriedKey) => boolean;
}

/**
 * Takes records of a connection into our contacts, in the caller's transaction: by their link, else by email and phone, else as
 * new contacts. Nothing is written to any CRM, and nothing is enqueued. `readAt`: when they were asked for; a link that was
 * synced since knows better.
 */
export async function takeRecords(
  tx: Tx,
  deps: Deps,
  context: ImportContext,
  records: readonly CrmRecord[],
  readAt: Date,
): Promise<readonly TakenRecord[]> {
  if (records.length === 0) return [];
  const incoming = records.map((record) => toIncoming(record, context.countries));
  await lockImportedPeople(tx);
  await lockContactKeys(tx, incoming.map(primaryKeysOf));
  const book = await openPeopleBook(tx, context.connection.id, incoming);
  const buriable = incoming.flatMap((one) => buriableKeysOf(context.connection.id, one));
  const isErased = await readErasedKeys(tx, deps, buriable);
  const turn: PageTurn = { deps, context, book, isErased, writes: createPageWrites() };
  const taken = incoming.map((one) => takeRecord(turn, one, readAt));
  await storePage(tx, deps, turn.writes);
  return taken;
}

/** Those a chat or a file would look somebody up by. */
function primaryKeysOf({ emails: [email], phones: [phone] }: IncomingRecord) {
  return { emailNorm: email?.norm ?? null, phoneNorm: phone?.norm ?? null };
}

function buriableKeysOf(connectionId: string, incoming: IncomingRecord): BuriedKey[] {
  return [...keysOf(incoming), recordKey(connectionId, incoming.record.externalId)];
}

function takeRecord(turn: PageTurn, incoming: IncomingRecord, readAt: Date): TakenRecord {
  const link = turn.book.linkOfRecord(incoming.record);
  return link ? takeLinked(turn, incoming, link, readAt) : takeUnlinked(turn, incoming);
}

function takeLinked(turn: PageTurn, incoming: IncomingRecord, link: KnownLink, readAt: Date): TakenRecord {
  const contact = turn.book.contact(link.contactId);
  if (!contact || contact.erasedAt) return leftOut(incoming);
  if (contact.mergedIntoId) {
    return skipped(incoming, "Its contact was merged into one that has another record.", contact.mergedIntoId);
  }
  if (link.lastSyncedAt > readAt) return skipped(incoming, null, contact.id);
  return takeIntoContact(turn, incoming, contact, link, null);
}

function takeUnlinked(turn: PageTurn, incoming: IncomingRecord): TakenRecord {
  const { book, context } = turn;
  const { tag, lookupOrder, crm } = context;
  if (incoming.record.state !== "open") return skipped(incoming, `It is closed in ${crm.providerName}.`, null);
  if (tag !== null && !incoming.tags.includes(tag)) return skipped(incoming, null, null);
  if (incoming.emails.length + incoming.phones.length === 0) return withoutKey(incoming);
  const match = matchIncoming(book, incoming, lookupOrder);
  if (match.kind === "unclear") return skipped(incoming, `${match.reason} Nobody was changed or added.`, null);
  if (match.kind === "none" && buriableKeysOf(context.connection.id, incoming).some(turn.isErased))
    return leftOut(incoming);
  if (match.kind === "none") return takeAsNewContact(turn, incoming);
  const contact = book.contact(match.contactId);
  if (!contact) throw new Error("A candidate is a contact of the book.");
  const otherLink = book.linkOfContact(contact.id);
  if (otherLink) {
    const reason = `Its contact is linked to another record of ${crm.providerName} already (${otherLink.externalId}). They may be one person.`;
    return { ...skipped(incoming, reason, contact.id), otherLink };
  }
  return takeIntoContact(turn, incoming, contact, undefined, match);
}

function withoutKey(incoming: IncomingRecord): TakenRecord {
  const { emails, phones } = incoming.record;
  if (emails.length + phones.length === 0)
    return skipped(incoming, "It has neither an email nor a phone number.", null);
  const given = [...emails, ...phones].join(", ").slice(0, MAX_SHOWN_CHARS);
  const reason = `No email or phone number of it can be read: ${cleanText(given)}`;
  return { incoming, outcome: "error", reason, contactId: null };
}

/** The log must not name them again either. */
function leftOut(incoming: IncomingRecord): TakenRecord {
  return skipped({ ...incoming, label: "" }, ERASED_PERSON_WORDS, null);
}

function skipped(incoming: IncomingRecord, reason: string | null, contactId: string | null): TakenRecord {
  return { incoming, outcome: "skipped", reason, contactId };
}
