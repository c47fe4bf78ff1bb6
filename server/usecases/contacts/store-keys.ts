import { sql } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { contactIdentity } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import type { ContactKeys } from "../../domain/contacts/contact-keys.ts";

/** Adds keys an agent gave to a contact. An agent's word verifies them. */
export async function storeKeys(tx: Tx, deps: Deps, contactId: string, { email, phone }: ContactKeys): Promise<void> {
  const keys = [
    ...(email ? [{ kind: "email" as const, key: email }] : []),
    ...(phone ? [{ kind: "phone" as const, key: phone }] : []),
  ];
  if (keys.length === 0) return;
  await tx
    .insert(contactIdentity)
    .values(
      keys.map(({ kind, key: { norm, value } }) => ({
        ...{ id: deps.newId(), contactId, kind, norm, value },
        ...{ source: "agent" as const, verifiedAt: deps.now() },
      })),
    )
    .onConflictDoUpdate({
      target: [contactIdentity.contactId, contactIdentity.kind, contactIdentity.norm],
      set: { verifiedAt: sql`coalesce(${contactIdentity.verifiedAt}, excluded.verified_at)` },
    });
}
