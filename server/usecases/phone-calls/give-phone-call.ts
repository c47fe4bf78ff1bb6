import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findServedPhoneCall, lockPhoneCall, updatePhoneCall } from "../../db/queries/phone-call.ts";
import { findVisibleContact, holdCurrentContact } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { followContact } from "./follow-contact.ts";
import { publishPhoneCall } from "./publish-phone-call.ts";

/** A person says whose call it was. The contact follows it as any other of its calls. `not_found` for others' as for none. */
export async function givePhoneCall(deps: Deps, actor: UserActor, id: string, contactId: string): Promise<void> {
  const served = await findServedPhoneCall(deps.db, actor.siteIds, id);
  if (!served) throw notFound("call");
  const given = await deps.db.transaction(async (tx) => {
    const row = await lockPhoneCall(tx, id);
    if (!row) throw notFound("call");
    const visible = await findVisibleContact(tx, actor.siteIds, contactId);
    const held = visible && (await holdCurrentContact(tx, visible.id));
    if (!held) throw notFound("contact");
    if (row.contactId === held) return null;
    const next = await updatePhoneCall(tx, id, { contactId: held, updatedAt: deps.now() });
    await followContact(tx, deps, next);
    await insertAudit(tx, deps, actor, {
      action: "phone_call.given",
      subject: { kind: "phone_call", id },
      contactId: held,
      data: { before: row.contactId, after: held },
    });
    return next;
  });
  if (given) publishPhoneCall(deps, given);
}
