import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findServedPhoneCall, lockPhoneCall, updatePhoneCall } from "../../db/queries/phone-call.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assessCall, readDisposition } from "../../domain/phone-calls/assess-call.ts";
import { callOfRow, readingOfRow } from "./call-of-row.ts";
import { followContact } from "./follow-contact.ts";
import { publishPhoneCall } from "./publish-phone-call.ts";

/** A person says how a call ended; nobody but a person says otherwise from then on. `not_found` for others' calls as for none. */
export async function setDisposition(deps: Deps, actor: UserActor, id: string, written: string): Promise<void> {
  const value = readDisposition(written);
  if (value === null) throw new DomainError("bad_request", "Say how the call ended.");
  const served = await findServedPhoneCall(deps.db, actor.siteIds, id);
  if (!served) throw notFound("call");
  const kept = await deps.db.transaction(async (tx) => {
    const row = await lockPhoneCall(tx, id);
    if (!row) throw notFound("call");
    const disposition = { value, source: "person" as const, at: deps.now() };
    const at = row.startedAt ?? row.createdAt;
    const { engagement, nextFollowUpAt } = assessCall({ ...callOfRow(row), disposition }, readingOfRow(row), at);
    const said = { disposition: value, dispositionSource: disposition.source, dispositionAt: disposition.at };
    const change = { ...said, dispositionBy: actor.name, engagement, nextFollowUpAt, updatedAt: deps.now() };
    const next = await updatePhoneCall(tx, id, change);
    await followContact(tx, deps, next);
    await insertAudit(tx, deps, actor, {
      action: "phone_call.disposition_set",
      subject: { kind: "phone_call", id },
      contactId: row.contactId,
      data: { before: row.disposition, after: value },
    });
    return next;
  });
  publishPhoneCall(deps, kept);
}
