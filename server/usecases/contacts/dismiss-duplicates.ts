import type { DismissDuplicates } from "@rolodesk/shared/contact-merge";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { insertNotDuplicates } from "../../db/queries/duplicates.ts";
import { findVisibleContact } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { publishContact } from "./publish-contact.ts";

/** Remembers of every two of these contacts that they are two people: they are not suggested again. */
export async function dismissDuplicates(
  deps: Deps,
  actor: UserActor,
  { contactIds }: DismissDuplicates,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const current = new Set<string>();
    for (const id of contactIds) {
      const visible = await findVisibleContact(tx, actor.siteIds, id);
      if (!visible) throw notFound("contact");
      current.add(visible.id);
    }
    const ids = [...current].sort();
    const pairs = ids.flatMap((contactA, n) => ids.slice(n + 1).map((contactB) => ({ contactA, contactB })));
    await insertNotDuplicates(tx, pairs, actor.name);
    for (const id of ids) {
      const subject = { kind: "contact", id };
      const data = { contactIds: ids };
      await insertAudit(tx, deps, actor, { action: "contact.not_duplicates", subject, contactId: id, data });
    }
  });
  for (const id of contactIds) publishContact(deps, id);
}
