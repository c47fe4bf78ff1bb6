import type { ContactChannel } from "@rolodesk/shared/vocabulary";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import type { ContactRow } from "../../db/queries/contact.ts";
import { decideImport } from "../../domain/sync/import-strategy.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { withChanges } from "./changed-contact.ts";
import { type IncomingField, incomingFields } from "./incoming-fields.ts";
import type { IncomingRecord } from "./incoming-record.ts";
import type { IncomingMatch } from "./match-incoming.ts";
import type { KnownLink } from "./people-book.ts";
import { takeConflicts } from "./take-conflicts.ts";
import type { PageTurn, TakenRecord } from "./take-records.ts";

type Matched = Extract<IncomingMatch, { kind: "one" }>;

/** A record nobody of ours is found for becomes a contact with all that is mapped. */
export function takeAsNewContact(turn: PageTurn, incoming: IncomingRecord): TakenRecord {
  const { deps, context, book, writes } = turn;
  const { fields, problems } = incomingFields(context, { book, incoming, contact: null, link: undefined });
  const blank = blankContact(turn, incoming);
  const contact = withChanges(blank, fields.filter(hasValue), incoming, deps.now());
  writes.newContacts.push(contact);
  book.putContact(contact);
  addKeys(turn, contact.id, incoming);
  const agreed = Object.fromEntries(fields.filter(hasValue).map(({ property, crm }) => [property, shownValue(crm)]));
  addLink(turn, incoming, contact.id, {
    base: agreed,
    matchedBy: "created",
    matchedReason: `Imported from ${context.crm.providerName}.`,
  });
  const reason = problems.length > 0 ? problems.join(" ") : null;
  return { incoming, outcome: "imported", reason, contactId: contact.id };
}

/** A record of somebody we know: by its link, or by a match that becomes one. */
export function takeIntoContact(
  turn: PageTurn,
  incoming: IncomingRecord,
  contact: ContactRow,
  link: KnownLink | undefined,
  match: Matched | null,
): TakenRecord {
  const { deps, context, book, writes } = turn;
  const { fields, problems } = incomingFields(context, { book, incoming, contact, link });
  const decisions = decideImport(fields, context.strategy);
  const readAs = new Map(fields.map((field) => [field.property, field]));
  const takes = decisions.flatMap(({ kind, property }) => (kind === "take" ? (readAs.get(property) ?? []) : []));
  const agreed = decisions.filter(({ kind, reason }) => kind === "take" || reason === "equal");
  const changed = withChanges(contact, takes, incoming, deps.now());
  const isChanged =
    takes.length > 0 || grew(contact.tags, changed.tags) || grew(contact.doNotContact, changed.doNotContact);
  if (isChanged) {
    writes.changedContacts.set(changed.id, changed);
    writes.audits.push(auditOf(turn, contact, changed, takes));
    book.putContact(changed);
  }
  addKeys(turn, contact.id, incoming);
  const base = Object.fromEntries(agreed.map(({ property, crm }) => [property, shownValue(crm)]));
  const linked = link
    ? followLink(turn, incoming, link, base)
    : addLink(turn, incoming, contact.id, {
        base,
        matchedBy: match?.by ?? "created",
        matchedReason: match?.reason ?? "",
      });
  const asked = takeConflicts(deps, writes, book, { ...linked, connectionId: context.connection.id }, decisions);
  return {
    incoming,
    outcome: asked.length > 0 ? "conflict" : isChanged || !link ? "updated" : "skipped",
    reason: reasonOf(
      asked.map(({ field }) => field),
      problems,
    ),
    contactId: contact.id,
  };
}

function reasonOf(asked: readonly string[], problems: readonly string[]): string | null {
  const fields = asked.map((field) => fieldLabel(field)).join(", ");
  const words = [...(asked.length > 0 ? [`Both sides changed: ${fields}. An agent decides.`] : []), ...problems];
  return words.length > 0 ? words.join(" ") : null;
}

function hasValue({ readAs }: IncomingField): boolean {
  return readAs !== null;
}

function grew(before: readonly string[], after: readonly string[]): boolean {
  return after.length > before.length;
}

function blankContact({ deps, context }: PageTurn, { record }: IncomingRecord): ContactRow {
  const now = deps.now();
  return {
    id: deps.newId(),
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    company: null,
    title: null,
    attributes: {},
    origins: {},
    tags: [],
    doNotContact: [] satisfies ContactChannel[],
    source: "crm",
    sourceDetail: context.connection.name,
    engagement: "new",
    nextFollowUpAt: null,
    mergedIntoId: null,
    erasedAt: null,
    lastActivityAt: instantOf(record.updatedAt) ?? now,
    createdAt: now,
    updatedAt: now,
  };
}

function instantOf(text: string | null): Date | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}

/** Keys another contact has stay that contact's: a shared number must not make two people one. New ones of nobody are added. */
function addKeys({ deps, book, writes }: PageTurn, contactId: string, { emails, phones }: IncomingRecord): void {
  const isNew = writes.newContacts.some(({ id }) => id === contactId);
  const keys = [
    ...emails.map(({ norm, value }) => ({ kind: "email" as const, norm, value })),
    ...phones.map(({ norm, value }) => ({ kind: "phone" as const, norm, value })),
  ];
  for (const { value, ...key } of keys) {
    if (book.hasKey(contactId, key) || (!isNew && book.holdersOf(key).size > 0)) continue;
    book.putKey(contactId, key);
    writes.identities.push({ id: deps.newId(), contactId, ...key, value, source: "crm" });
  }
}

function addLink(
  { deps, context, book, writes }: PageTurn,
  { record }: IncomingRecord,
  contactId: string,
  how: {
    readonly base: KnownLink["base"];
    readonly matchedBy: "email" | "phone" | "created";
    readonly matchedReason: string;
  },
): KnownLink {
  const { object, externalId } = record;
  const link = {
    id: deps.newId(),
    contactId,
    object,
    externalId,
    seen: seenOf(context.properties, record),
    base: how.base,
    lastSyncedAt: deps.now(),
  };
  writes.newLinks.push({
    ...link,
    connectionId: context.connection.id,
    matchedBy: how.matchedBy,
    matchedReason: how.matchedReason,
    url: context.crm.connector.recordUrl(record),
  });
  book.putLink(link);
  return link;
}

function followLink(
  { context, book, writes }: PageTurn,
  { record }: IncomingRecord,
  link: KnownLink,
  base: KnownLink["base"],
): KnownLink {
  const followed = { ...link, seen: seenOf(context.properties, record), base: { ...link.base, ...base } };
  const isKnown = isSame(followed.seen, link.seen) && isSame(followed.base, link.base);
  if (isKnown) writes.touchedLinkIds.push(link.id);
  else writes.seenLinks.push(followed);
  book.putLink(followed);
  return followed;
}

function seenOf(properties: readonly string[], { values }: IncomingRecord["record"]): KnownLink["seen"] {
  return Object.fromEntries(properties.map((property) => [property, shownValue(values[property])]));
}

function isSame(one: KnownLink["seen"], other: KnownLink["seen"]): boolean {
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => JSON.stringify(one[name] ?? null) === JSON.stringify(other[name] ?? null));
}

function auditOf({ deps, context }: PageTurn, before: ContactRow, after: ContactRow, takes: readonly IncomingField[]) {
  const changes = takes.map(({ field, ours, readAs }) => ({ field, from: shownValue(ours), to: shownValue(readAs) }));
  return {
    id: deps.newId(),
    actorKind: "system" as const,
    actorName: context.connection.name,
    action: "contact.imported",
    subjectKind: "contact",
    subjectId: after.id,
    contactId: after.id,
    data: {
      connectionId: context.connection.id,
      ...context.cause,
      changes,
      tagsAdded: after.tags.filter((tag) => !before.tags.includes(tag)),
      doNotContactAdded: after.doNotContact.filter((channel) => !before.doNotContact.includes(channel)),
    },
  };
}
