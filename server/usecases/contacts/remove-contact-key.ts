import { and, asc, eq } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConflictRow, updateConflict } from "../../db/queries/conflict.ts";
import type { ContactIdentityRow, ContactRow } from "../../db/queries/contact.ts";
import { contact, contactIdentity } from "../../db/schema/contact.ts";
import { conflict } from "../../db/schema/sync.ts";
import type { Deps } from "../../deps.ts";
import type { Sure } from "../../domain/contacts/surer-value.ts";
import { notFound } from "../../domain/domain-error.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { publishConflicts } from "../conflicts/publish-conflicts.ts";
import { holdContact } from "./held-contact.ts";
import { publishContact } from "./publish-contact.ts";

const TAKEN_OFF_WORDS = "It was taken off the contact.";

/**
 * Takes an email or a phone number off a contact, which is found by it no more. The oldest that is left becomes the main one where it
 * was that. Links stay, for they are to records and not to keys, and what a CRM has stays there; where it only waits for a
 * decision whether it be written to one, there is nothing left to decide. Returns the contact.
 */
export async function removeContactKey(deps: Deps, actor: UserActor, id: string, keyId: string): Promise<string> {
  const { contactId, undecided } = await deps.db.transaction(async (tx) => {
    const { contact: held, identities } = await holdContact(tx, actor, id);
    const key = identities.find((one) => one.id === keyId);
    if (!key) throw notFound("email or phone");
    await tx.delete(contactIdentity).where(eq(contactIdentity.id, key.id));
    const others = identities.filter((one) => one.kind === key.kind && one.id !== key.id);
    const isMain = held[key.kind] === key.norm;
    if (isMain) await storeMain(tx, deps, held, key.kind, others[0] ?? null);
    await insertAudit(tx, deps, actor, {
      action: "contact.key_removed",
      subject: { kind: "contact", id: held.id },
      contactId: held.id,
      data: { from: { [key.kind]: key.value }, to: { [key.kind]: isMain ? (others[0]?.value ?? null) : null } },
    });
    return { contactId: held.id, undecided: await voidConflictsOver(tx, held.id, key) };
  });
  publishContact(deps, contactId);
  publishConflicts(deps, undecided);
  return contactId;
}

async function storeMain(
  tx: Tx,
  deps: Deps,
  held: ContactRow,
  kind: "email" | "phone",
  next: ContactIdentityRow | null,
): Promise<void> {
  const { [kind]: _, ...origins } = held.origins;
  const origin = next && {
    [kind]: { sure: surenessOf(next), at: next.createdAt.toISOString(), conversationId: next.conversationId },
  };
  await tx
    .update(contact)
    .set({ [kind]: next?.norm ?? null, origins: { ...origins, ...origin }, updatedAt: deps.now() })
    .where(eq(contact.id, held.id));
}

function surenessOf({ source, verifiedAt }: ContactIdentityRow): Sure {
  if (source === "agent") return "agent";
  if (verifiedAt) return "verified";
  return source === "visitor" ? "claimed" : "recorded";
}

async function voidConflictsOver(
  tx: Tx,
  contactId: string,
  { kind, norm }: ContactIdentityRow,
): Promise<readonly ConflictRow[]> {
  const waiting = await tx
    .select()
    .from(conflict)
    .where(and(eq(conflict.contactId, contactId), eq(conflict.field, kind), eq(conflict.status, "pending")))
    .orderBy(asc(conflict.id))
    .for("update");
  const over = waiting.filter(({ chatValue }) => normalForm(chatValue, { as: kind, countries: [] }) === norm);
  for (const { id } of over) await updateConflict(tx, id, { status: "void", problem: TAKEN_OFF_WORDS });
  return over;
}
