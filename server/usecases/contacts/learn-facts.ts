import { CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { lockContactValues } from "../../db/queries/contact.ts";
import type { FactRow } from "../../db/queries/fact.ts";
import { contact, contactIdentity } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { isSurer, type Sure } from "../../domain/contacts/surer-value.ts";
import type { EmailKey } from "../../domain/identity/email.ts";
import type { PhoneKey } from "../../domain/identity/phone.ts";

/** What one conversation told about a person. */
export interface Said {
  readonly facts: ReadonlyMap<string, FactRow>;
  readonly email: EmailKey | null;
  readonly phone: PhoneKey | null;
  readonly name: { readonly firstName: string | null; readonly lastName: string | null };
}

/** Lets a contact learn what was said: keys are added, values take their place only where they are as sure as what is there. */
export async function learnFacts(tx: Tx, deps: Deps, contactId: string, said: Said): Promise<void> {
  const held = await lockContactValues(tx, contactId);
  if (!held) return;
  await learnKey(tx, deps, contactId, "email", said.email, said.facts.get("email"));
  await learnKey(tx, deps, contactId, "phone", said.phone, said.facts.get("phone"));

  const values: Partial<Record<CoreField, string>> = {};
  const origins = { ...held.origins };
  for (const field of CORE_FIELDS) {
    const fact = said.facts.get(field);
    if (!fact) continue;
    const sure = surenessOf(fact);
    if (held[field] !== null && !isSurer(sure, origins[field]?.sure)) continue;
    values[field] = saidValue(field, fact, said);
    origins[field] = { sure, at: fact.createdAt.toISOString(), conversationId: fact.conversationId };
  }
  if (Object.keys(values).length === 0) return;
  await tx
    .update(contact)
    .set({ ...values, origins, updatedAt: deps.now() })
    .where(eq(contact.id, contactId));
}

/** Emails and phones in the form they are compared and written in; everything else as it was said. */
export function saidValue(field: string, fact: FactRow, { email, phone }: Said): string {
  if (field === "email") return email?.norm ?? fact.value;
  if (field === "phone") return phone?.norm ?? fact.value;
  return fact.value;
}

function surenessOf(fact: FactRow): Sure {
  if (fact.source === "agent") return "agent";
  return fact.verified ? "verified" : "claimed";
}

async function learnKey(
  tx: Tx,
  deps: Deps,
  contactId: string,
  kind: "email" | "phone",
  key: EmailKey | PhoneKey | null,
  fact: FactRow | undefined,
): Promise<void> {
  if (!key || !fact) return;
  await tx
    .insert(contactIdentity)
    .values({
      id: deps.newId(),
      contactId,
      kind,
      norm: key.norm,
      value: key.value,
      source: fact.source === "signed" || fact.source === "agent" ? fact.source : "visitor",
      conversationId: fact.conversationId,
      verifiedAt: fact.verified ? deps.now() : null,
    })
    .onConflictDoUpdate({
      target: [contactIdentity.contactId, contactIdentity.kind, contactIdentity.norm],
      set: { verifiedAt: sql`coalesce(${contactIdentity.verifiedAt}, excluded.verified_at)` },
    });
}
