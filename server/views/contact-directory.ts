import type {
  ContactFilter,
  ContactPage,
  ContactSummary,
  ContactTags,
  FindSimilar,
  ListContacts,
  SimilarContacts,
} from "@rolodesk/shared/contact";
import type { UserActor } from "../actor.ts";
import type { Db, DbOrTx } from "../db/client.ts";
import { type ContactRow, listIdentities } from "../db/queries/contact.ts";
import {
  type DirectoryFilter,
  listDirectory,
  listLinkStates,
  listSimilar,
  listUsedTags,
} from "../db/queries/contact-directory.ts";
import { listSiteCountries } from "../db/queries/site-countries.ts";
import { contactKeys } from "../domain/contacts/contact-keys.ts";
import { contactLabel } from "../domain/contacts/contact-label.ts";
import { readSearch } from "../domain/contacts/read-search.ts";
import { readTimeCursor, toTimeCursor } from "./time-cursor.ts";

const SIMILAR_SHOWN = 10;
const DAY_MS = 86_400_000;

/** A page of the contacts this user may know of, the latest active first. */
export async function readContactPage(
  db: Db,
  actor: UserActor,
  { cursor, limit, ...asked }: ListContacts,
  now: Date,
): Promise<ContactPage> {
  const after = cursor === undefined ? undefined : readTimeCursor(cursor);
  const rows = await listDirectory(db, toDirectoryFilter(actor, asked, now), limit + 1, after);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await toSummaries(db, actor, page),
    nextCursor: rows.length > limit && last ? toTimeCursor({ at: last.lastActivityAt, id: last.id }) : null,
  };
}

export async function readContactTags(db: DbOrTx, actor: UserActor): Promise<ContactTags> {
  return { tags: [...(await listUsedTags(db, actor.siteIds))] };
}

/** Contacts with this email or phone. A phone number that is not whole yet is nobody's. */
export async function readSimilarContacts(db: DbOrTx, actor: UserActor, asked: FindSimilar): Promise<SimilarContacts> {
  const countries = asked.country ? [asked.country] : await listSiteCountries(db, actor.siteIds);
  const { email, phone } = contactKeys(asked, countries);
  const keys = [
    ...(email ? [{ kind: "email" as const, norm: email.norm }] : []),
    ...(phone ? [{ kind: "phone" as const, norm: phone.norm }] : []),
  ];
  const rows = await listSimilar(db, actor.siteIds, keys, SIMILAR_SHOWN);
  const held = await listIdentities(
    db,
    rows.map(({ id }) => id),
  );
  const summaries = await toSummaries(db, actor, rows);
  return {
    items: summaries.map((summary) => ({
      ...summary,
      matchedBy: keys
        .filter(({ kind, norm }) =>
          held.some((one) => one.contactId === summary.id && one.kind === kind && one.norm === norm),
        )
        .map(({ kind }) => kind),
    })),
  };
}

export function toDirectoryFilter({ siteIds }: UserActor, asked: ContactFilter, now: Date): DirectoryFilter {
  const { search, connection, activeDays, silentDays, ...rest } = asked;
  const daysAgo = (days: number | undefined) =>
    days === undefined ? undefined : new Date(now.getTime() - days * DAY_MS);
  return {
    ...rest,
    siteIds,
    search: search ? readSearch(search) : undefined,
    connectionId: connection,
    activeSince: daysAgo(activeDays),
    silentSince: daysAgo(silentDays),
  };
}

async function toSummaries(db: DbOrTx, { siteIds }: UserActor, rows: readonly ContactRow[]): Promise<ContactSummary[]> {
  const { links, conflicts } = await listLinkStates(
    db,
    siteIds,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    label: contactLabel(row),
    email: row.email,
    phone: row.phone,
    company: row.company,
    title: row.title,
    tags: row.tags,
    doNotContact: row.doNotContact,
    source: row.source,
    engagement: row.engagement,
    linkedIn: links.filter(({ contactId }) => contactId === row.id).map(({ provider }) => provider),
    pendingConflicts: conflicts.find(({ contactId }) => contactId === row.id)?.pending ?? 0,
    lastActivityAt: row.lastActivityAt.toISOString(),
  }));
}
