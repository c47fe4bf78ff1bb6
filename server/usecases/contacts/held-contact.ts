import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { type LockedContact, lockContacts } from "../../db/queries/contact-keys.ts";
import { findVisibleContact } from "../../db/queries/visible-contacts.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";

/**
 * The contact an id stands for, held until the transaction ends; `not_found` for those the user may not know of. One that is
 * merged away or erased between the look and the hold is refused: what was meant is no longer sure.
 */
export async function holdContact(tx: Tx, actor: UserActor, id: string): Promise<LockedContact> {
  const visible = await findVisibleContact(tx, actor.siteIds, id);
  if (!visible) throw notFound("contact");
  const [held] = await lockContacts(tx, [visible.id]);
  if (!held) throw new DomainError("conflict", "This contact was merged or erased a moment ago. Read it again.");
  return held;
}
