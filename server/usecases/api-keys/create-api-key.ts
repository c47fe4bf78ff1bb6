import type { NewApiKey } from "@rolodesk/shared/api-key";
import type { UserActor } from "../../actor.ts";
import { insertApiKey } from "../../db/queries/api-key.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import type { Deps } from "../../deps.ts";
import { assertAdmin } from "../access.ts";
import { assertSitesExist } from "../sites/assert-sites-exist.ts";
import { mintApiKey } from "./api-key-secret.ts";

const DAY_MS = 86_400_000;

/** Makes a key that acts in the name of its maker. `secret` is the key itself; only its hash is stored. */
export async function createApiKey(
  deps: Deps,
  actor: UserActor,
  { name, scopes, siteIds, expiresInDays }: NewApiKey,
): Promise<{ keyId: string; secret: string }> {
  assertAdmin(actor);
  const keyId = deps.newId();
  const { secret, hash, prefix } = mintApiKey();
  const createdAt = deps.now();
  const expiresAt = expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS);
  await deps.db.transaction(async (tx) => {
    await assertSitesExist(tx, siteIds);
    await insertApiKey(tx, {
      ...{ id: keyId, name, prefix, hash, createdBy: actor.userId, createdAt, expiresAt },
      scopes: [...new Set(scopes)],
      siteIds: siteIds.length === 0 ? null : siteIds,
    });
    await insertAudit(tx, deps, actor, {
      action: "api_key.created",
      subject: { kind: "api_key", id: keyId },
      data: { name, prefix, scopes, siteIds, expiresAt },
    });
  });
  return { keyId, secret };
}
