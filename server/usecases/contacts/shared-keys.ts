import type { DbOrTx } from "../../db/client.ts";
import { countContactsByKey } from "../../db/queries/contact.ts";
import type { EmailKey } from "../../domain/identity/email.ts";
import type { PhoneKey } from "../../domain/identity/phone.ts";
import { isRoleAddress, SHARED_FROM_CONTACTS } from "../../domain/identity/role-address.ts";

/** Which of the keys no longer tell who somebody is: a desk's address, or a key on several of our contacts. */
export async function sharedKeys(
  db: DbOrTx,
  { email, phone }: { email: EmailKey | null; phone: PhoneKey | null },
): Promise<{ email: boolean; phone: boolean }> {
  const isShared = async (kind: "email" | "phone", norm: string) =>
    (await countContactsByKey(db, { kind, norm })) >= SHARED_FROM_CONTACTS;
  return {
    email: email !== null && (isRoleAddress(email.norm) || (await isShared("email", email.norm))),
    phone: phone !== null && (await isShared("phone", phone.norm)),
  };
}
