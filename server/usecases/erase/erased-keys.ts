import type { DbOrTx } from "../../db/client.ts";
import type { IdentityKey } from "../../db/queries/contact.ts";
import { listTombstones } from "../../db/queries/erasure.ts";
import type { Deps } from "../../deps.ts";

export const ERASED_PERSON_WORDS = "This person was erased here, so they are left out.";

/** What a person may come back by: an email, a phone, or their record in a CRM. */
export type BuriedKey = IdentityKey | { readonly kind: "record"; readonly norm: string };

export function recordKey(connectionId: string, externalId: string): BuriedKey {
  return { kind: "record", norm: `${connectionId}:${externalId}` };
}

/** The keyed hashes of a key, the current secret's first. */
export function hashesOf({ secrets }: Pick<Deps, "secrets">, { kind, norm }: BuriedKey): readonly string[] {
  return secrets.fingerprints(`${kind}:${norm}`, "tombstone");
}

/** Tells of keys whether they were an erased person's: nobody is brought in for them, though they may come back by themselves. */
export async function readErasedKeys(
  db: DbOrTx,
  deps: Pick<Deps, "secrets">,
  keys: readonly BuriedKey[],
): Promise<(key: BuriedKey) => boolean> {
  const erased = await listTombstones(
    db,
    keys.flatMap((key) => hashesOf(deps, key)),
  );
  if (erased.size === 0) return () => false;
  return (key) => hashesOf(deps, key).some((hash) => erased.has(hash));
}
