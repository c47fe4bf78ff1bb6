import type { DO_NOT_CONTACT_STATES, LINK_STATES } from "@rolodesk/shared/contact";
import type { ContactSource, Provider } from "@rolodesk/shared/vocabulary";
import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { ContactSearch } from "../../domain/contacts/read-search.ts";
import type { DbOrTx } from "../client.ts";
import { connection } from "../schema/connection.ts";
import { contact } from "../schema/contact.ts";
import { conflict, crmLink } from "../schema/sync.ts";
import type { ContactRow, IdentityKey } from "./contact.ts";
import { gatherFound, searchedIn } from "./contact-search.ts";
import { servesSites } from "./served-connections.ts";
import { isCurrent, visibleTo, waysToKnow } from "./visible-contacts.ts";

export interface DirectoryFilter {
  /** null: every site. */
  readonly siteIds: readonly string[] | null;
  readonly search?: ContactSearch | undefined;
  readonly tag?: string | undefined;
  readonly link?: (typeof LINK_STATES)[number] | undefined;
  readonly connectionId?: string | undefined;
  readonly doNotContact?: (typeof DO_NOT_CONTACT_STATES)[number] | undefined;
  readonly source?: ContactSource | undefined;
  readonly activeSince?: Date | undefined;
  readonly silentSince?: Date | undefined;
}

interface Position {
  readonly at: Date;
  readonly id: string;
}

/**
 * The latest active first. What somebody is found by, and why a user may know of them, are lists of their own that are merged:
 * each is quick by an index, and no index serves several.
 */
export async function listDirectory(
  db: DbOrTx,
  filter: DirectoryFilter,
  limit: number,
  after?: Position,
): Promise<ContactRow[]> {
  const beyond =
    after &&
    sql`(${contact.lastActivityAt}, ${contact.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`;
  const found = await gatherFound(db, filter.search);
  const lists = await Promise.all(
    waysIn(filter, found).map((way) => {
      const listed = db
        .select()
        .from(contact)
        .where(and(fitting(filter), way, beyond));
      if (!found) return listed.orderBy(desc(contact.lastActivityAt), desc(contact.id)).limit(limit);
      // within a limit of its own, lest everybody be walked in order to meet these few
      const few = listed.limit(found.length + 1).as("few");
      return db.select().from(few).orderBy(desc(few.lastActivityAt), desc(few.id)).limit(limit);
    }),
  );
  const rows = new Map(lists.flat().map((row) => [row.id, row]));
  return [...rows.values()].toSorted(latestFirst).slice(0, limit);
}

/** Those that fit by id, after one: an order in which nobody moves while all of them are read, a part at a time. */
export async function listDirectoryById(
  db: DbOrTx,
  filter: DirectoryFilter,
  after: string | null,
  limit: number,
): Promise<ContactRow[]> {
  const beyond = after === null ? undefined : gt(contact.id, after);
  const found = await gatherFound(db, filter.search);
  const lists = await Promise.all(
    waysIn(filter, found).map((way) =>
      db
        .select()
        .from(contact)
        .where(and(fitting(filter), way, beyond))
        .orderBy(asc(contact.id))
        .limit(limit),
    ),
  );
  const rows = new Map(lists.flat().map((row) => [row.id, row]));
  return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** Ids of all that fit, at most `limit`. */
export async function listDirectoryIds(db: DbOrTx, filter: DirectoryFilter, limit: number): Promise<string[]> {
  const found = await gatherFound(db, filter.search);
  const lists = await Promise.all(
    waysIn(filter, found).map((way) =>
      db
        .select({ id: contact.id })
        .from(contact)
        .where(and(fitting(filter), way))
        .limit(limit),
    ),
  );
  return [...new Set(lists.flat().map(({ id }) => id))].slice(0, limit);
}

function waysIn({ search, siteIds }: DirectoryFilter, found: readonly string[] | null): (SQL | undefined)[] {
  const searched = found ? [sql`${contact.id} = any(${`{${found.join(",")}}`}::uuid[])`] : searchedIn(search);
  return searched.flatMap((one) => waysToKnow(siteIds).map((known) => and(one, known)));
}

/** Contacts a user may know of that have any of the keys. */
export async function listSimilar(
  db: DbOrTx,
  siteIds: readonly string[] | null,
  keys: readonly IdentityKey[],
  limit: number,
): Promise<ContactRow[]> {
  if (keys.length === 0) return [];
  const held = keys.map(
    ({ kind, norm }) =>
      sql`select ci.contact_id from contact_identity ci where ci.kind = ${kind} and ci.norm = ${norm}`,
  );
  return await db
    .select()
    .from(contact)
    .where(and(isCurrent(), visibleTo(siteIds), sql`${contact.id} in (${sql.join(held, sql` union `)})`))
    .orderBy(desc(contact.lastActivityAt), desc(contact.id))
    .limit(limit);
}

/** In which CRMs that serve the sites contacts are linked, and how many of their values wait there for somebody. */
export async function listLinkStates(db: DbOrTx, siteIds: readonly string[] | null, contactIds: readonly string[]) {
  const ids = [...contactIds];
  if (ids.length === 0) return { links: [], conflicts: [] };
  const [links, conflicts] = await Promise.all([
    db
      .selectDistinct({ contactId: crmLink.contactId, provider: connection.provider })
      .from(crmLink)
      .innerJoin(connection, eq(connection.id, crmLink.connectionId))
      .where(and(inArray(crmLink.contactId, ids), eq(crmLink.state, "live"), servesSites(connection.id, siteIds))),
    db
      .select({ contactId: conflict.contactId, pending: sql<number>`count(*)::int` })
      .from(conflict)
      .where(
        and(
          inArray(conflict.contactId, ids),
          inArray(conflict.status, ["pending", "applying"]),
          servesSites(conflict.connectionId, siteIds),
        ),
      )
      .groupBy(conflict.contactId),
  ]);
  return { links, conflicts } satisfies { links: { contactId: string; provider: Provider }[]; conflicts: unknown[] };
}

const TAGS_MAX = 200;
const CONTACTS_LOOKED_AT = 20_000;

/** Tags with how many have them, the most used first, among the contacts that were active last. */
export async function listUsedTags(db: DbOrTx, siteIds: readonly string[] | null) {
  const recent = db
    .select({ tags: contact.tags })
    .from(contact)
    .where(and(isCurrent(), visibleTo(siteIds), sql`${contact.tags} <> '{}'`))
    .orderBy(desc(contact.lastActivityAt), desc(contact.id))
    .limit(CONTACTS_LOOKED_AT)
    .as("recent");
  return await db.execute<{ tag: string; contacts: number }>(
    sql`select t.tag, count(*)::int as contacts from ${recent} cross join lateral unnest(recent.tags) as t(tag)
        group by t.tag order by count(*) desc, t.tag limit ${TAGS_MAX}`,
  );
}

function latestFirst(a: ContactRow, b: ContactRow): number {
  return b.lastActivityAt.getTime() - a.lastActivityAt.getTime() || (a.id < b.id ? 1 : -1);
}

function fitting(filter: DirectoryFilter): SQL | undefined {
  const { tag, source, activeSince, silentSince } = filter;
  return and(
    isCurrent(),
    tag === undefined ? undefined : sql`${contact.tags} @> array[${tag}]::text[]`,
    source && eq(contact.source, source),
    activeSince && gte(contact.lastActivityAt, activeSince),
    silentSince && lt(contact.lastActivityAt, silentSince),
    filter.doNotContact === "any" ? sql`cardinality(${contact.doNotContact}) > 0` : undefined,
    filter.doNotContact === "none" ? sql`cardinality(${contact.doNotContact}) = 0` : undefined,
    inState(filter.link),
    filter.connectionId === undefined
      ? undefined
      : sql`exists (select 1 from crm_link l where l.contact_id = ${contact.id} and l.connection_id = ${filter.connectionId} and l.state = 'live')`,
  );
}

function inState(link: DirectoryFilter["link"]): SQL | undefined {
  const linked = sql`exists (select 1 from crm_link l where l.contact_id = ${contact.id} and l.state = 'live')`;
  if (link === "linked") return linked;
  if (link === "unlinked") return sql`not ${linked}`;
  if (link !== "conflict") return undefined;
  return sql`${contact.id} in (select c.contact_id from conflict c where c.status in ('pending', 'applying'))`;
}
