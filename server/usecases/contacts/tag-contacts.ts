import { CONTACTS_TAGGED_MAX, TAGS_MAX, type TagContacts } from "@rolodesk/shared/contact";
import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { type Deed, insertAudits } from "../../db/queries/audit.ts";
import { type DirectoryFilter, listDirectoryIds } from "../../db/queries/contact-directory.ts";
import { isCurrent, visibleTo } from "../../db/queries/visible-contacts.ts";
import { contact } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";

/** Who is tagged: named, or all that fit a filter. */
type Tagged = { readonly ids: readonly string[] } | { readonly filter: DirectoryFilter };

type Tags = Pick<z.output<typeof TagContacts>, "add" | "remove">;

/**
 * Adds and removes tags of many contacts at once, all or none. Those the user may not know of are left alone. Returns how many
 * have other tags than before; throws `too_large` where more fit than one request may touch.
 */
export async function tagContacts(deps: Deps, actor: UserActor, whom: Tagged, { add, remove }: Tags): Promise<number> {
  return await deps.db.transaction(async (tx) => {
    const changed = await storeTags(tx, await namedIn(tx, whom), actor, nextTags({ add, remove }), deps.now());
    const deeds: Deed[] = changed.map((id) => ({
      action: "contact.tagged",
      subject: { kind: "contact", id },
      contactId: id,
      data: { added: add, removed: remove },
    }));
    await insertAudits(tx, deps, actor, deeds);
    return changed.length;
  });
}

async function namedIn(tx: Tx, whom: Tagged): Promise<readonly string[]> {
  if ("ids" in whom) return [...new Set(whom.ids)];
  const ids = await listDirectoryIds(tx, whom.filter, CONTACTS_TAGGED_MAX + 1);
  if (ids.length <= CONTACTS_TAGGED_MAX) return ids;
  const most = CONTACTS_TAGGED_MAX.toLocaleString("en");
  throw new DomainError("too_large", `More than ${most} contacts fit. Narrow the filters and tag them in parts.`);
}

/** The tags as they are to be, sorted, each once. */
function nextTags({ add, remove }: Tags): SQL {
  const list = (tags: readonly string[]) => sql`${JSON.stringify(tags)}::text::jsonb`;
  return sql`(select coalesce(array_agg(t.tag order by t.tag), '{}') from (
    (select unnest(${contact.tags}) as tag except select jsonb_array_elements_text(${list(remove)}))
    union select jsonb_array_elements_text(${list(add)})) t)`;
}

async function storeTags(
  tx: Tx,
  ids: readonly string[],
  actor: UserActor,
  next: SQL,
  now: Date,
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const differing = sql`not (${next} @> ${contact.tags} and ${next} <@ ${contact.tags})`;
  const rows = await tx
    .update(contact)
    .set({ tags: next, updatedAt: now })
    .where(
      and(
        inArray(contact.id, [...ids]),
        isCurrent(),
        visibleTo(actor.siteIds),
        differing,
        sql`cardinality(${next}) <= ${TAGS_MAX}`,
      ),
    )
    .returning({ id: contact.id });
  return rows.map(({ id }) => id);
}
