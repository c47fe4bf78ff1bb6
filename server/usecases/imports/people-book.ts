import type { Tx } from "../../db/client.ts";
import type { ConflictRow } from "../../db/queries/conflict.ts";
import type { ContactRow, IdentityKey } from "../../db/queries/contact.ts";
import type { CrmLinkRow } from "../../db/queries/crm-link.ts";
import { listKeyHolders, listLinksOfRecords, lockPeople, type PeopleOfPage } from "../../db/queries/import-page.ts";
import type { RecordRef } from "../../domain/connector.ts";
import type { MatchCandidate } from "../../domain/identity/match-record.ts";
import type { IncomingRecord } from "./incoming-record.ts";

/** The part of a link that an import reads. */
export type KnownLink = Pick<
  CrmLinkRow,
  "id" | "contactId" | "object" | "externalId" | "seen" | "base" | "lastSyncedAt"
>;

/** Everybody a page of records may be about, locked, and whoever the page itself brings in. */
export interface PeopleBook {
  contact(id: string): ContactRow | undefined;
  linkOfRecord(ref: RecordRef): KnownLink | undefined;
  /** The contact's link in this connection. */
  linkOfContact(contactId: string): KnownLink | undefined;
  /** Contacts that have the key. */
  holdersOf(key: IdentityKey): ReadonlySet<string>;
  hasKey(contactId: string, key: IdentityKey): boolean;
  candidates(keys: readonly IdentityKey[]): readonly MatchCandidate[];
  openConflicts(linkId: string): readonly ConflictRow[];
  isDismissed(
    linkId: string,
    pair: { readonly property: string; readonly chat: string; readonly crm: string },
  ): boolean;
  putContact(row: ContactRow): void;
  putKey(contactId: string, key: IdentityKey): void;
  putLink(link: KnownLink): void;
}

export async function openPeopleBook(
  tx: Tx,
  connectionId: string,
  incoming: readonly IncomingRecord[],
): Promise<PeopleBook> {
  const links = await listLinksOfRecords(
    tx,
    connectionId,
    incoming.map(({ record }) => record.externalId),
  );
  const keys = incoming.flatMap(keysOf);
  const holders = await listKeyHolders(tx, keys);
  const people = await lockPeople(tx, connectionId, [
    ...new Set([...links.map(({ contactId }) => contactId), ...holders]),
  ]);
  return createPeopleBook(people);
}

export function keysOf({ emails, phones }: Pick<IncomingRecord, "emails" | "phones">): IdentityKey[] {
  return [
    ...emails.map(({ norm }) => ({ kind: "email" as const, norm })),
    ...phones.map(({ norm }) => ({ kind: "phone" as const, norm })),
  ];
}

function createPeopleBook({ contacts, identities, links, conflicts, dismissals }: PeopleOfPage): PeopleBook {
  const contactById = new Map(contacts.map((row) => [row.id, row]));
  const linkByRecord = new Map<string, KnownLink>();
  const linkByContact = new Map<string, KnownLink>();
  const holders = new Map<string, Set<string>>();
  const keysByContact = new Map<string, Map<string, IdentityKey>>();
  const conflictsByLink = new Map<string, ConflictRow[]>();
  const dismissed = new Set(dismissals.map((row) => pairOf(row.linkId, row.property, row.chatValue, row.crmValue)));

  function putLink(link: KnownLink): void {
    linkByRecord.set(nameOfRecord(link), link);
    linkByContact.set(link.contactId, link);
  }

  function putKey(contactId: string, key: IdentityKey): void {
    const name = nameOfKey(key);
    holders.set(name, (holders.get(name) ?? new Set()).add(contactId));
    keysByContact.set(contactId, (keysByContact.get(contactId) ?? new Map()).set(name, key));
  }

  function isThere(contactId: string): boolean {
    const row = contactById.get(contactId);
    return row !== undefined && row.mergedIntoId === null && row.erasedAt === null;
  }

  function toCandidate(contactId: string): MatchCandidate {
    const row = contactById.get(contactId);
    const keys = [...(keysByContact.get(contactId)?.values() ?? [])];
    const normsOf = (kind: IdentityKey["kind"]) => keys.filter((key) => key.kind === kind).map(({ norm }) => norm);
    return {
      object: "contact",
      externalId: contactId,
      firstName: row?.firstName ?? null,
      lastName: row?.lastName ?? null,
      emails: normsOf("email"),
      phones: normsOf("phone"),
    };
  }

  for (const { contactId, kind, norm } of identities) putKey(contactId, { kind, norm });
  for (const link of links) putLink(link);
  for (const row of conflicts) conflictsByLink.set(row.linkId, [...(conflictsByLink.get(row.linkId) ?? []), row]);

  return {
    contact: (id) => contactById.get(id),
    linkOfRecord: (ref) => linkByRecord.get(nameOfRecord(ref)),
    linkOfContact: (contactId) => linkByContact.get(contactId),
    holdersOf: (key) => holders.get(nameOfKey(key)) ?? new Set(),
    hasKey: (contactId, key) => keysByContact.get(contactId)?.has(nameOfKey(key)) ?? false,
    candidates(keys) {
      const ids = new Set(keys.flatMap((key) => [...(holders.get(nameOfKey(key)) ?? [])]));
      return [...ids].filter(isThere).map(toCandidate);
    },
    openConflicts: (linkId) => conflictsByLink.get(linkId) ?? [],
    isDismissed: (linkId, { property, chat, crm }) => dismissed.has(pairOf(linkId, property, chat, crm)),
    putContact: (row) => void contactById.set(row.id, row),
    putKey,
    putLink,
  };
}

function nameOfRecord({ object, externalId }: RecordRef): string {
  return `${object}/${externalId}`;
}

function nameOfKey({ kind, norm }: IdentityKey): string {
  return `${kind}:${norm}`;
}

function pairOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
