import type { DbOrTx } from "../../db/client.ts";
import type { IdentityKey } from "../../db/queries/contact.ts";
import { listTombstones } from "../../db/queries/erasure.ts";
import type { Deps } from "../../deps.ts";

export const ERASED_PERSON_WORDS = "This person was erased here, so they are left out.";

/** The keyed hashes of a key, the current secret's first. */
export function hashesOf({ secrets }: Pick<Deps, "secrets">, { kind, norm }: IdentityKey): readonly string[] {
  return secrets.fingerprints(`${kind}:${norm}`, "tombstone");
}

/** Tells of keys whether they were an erased person's: nobody is brought in for them, though they may come back by themselves. */
export async function readErasedKeys(
  db: DbOrTx,
  deps: Pick<Deps, "secrets">,
  keys: readonly IdentityKey[],
): Promise<(key: IdentityKey) => boolean> {
  const erased = await listTombstones(
    db,
    keys.flatMap((key) => hashesOf(deps, key)),
  );
  if (erased.size === 0) return () => false;
  return (key) => hashesOf(deps, key).some((hash) => erased.has(hash));
}
