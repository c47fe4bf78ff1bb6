import type { UserActor } from "../../actor.ts";
import { findListedApiKey, revokeApiKeyRow } from "../../db/queries/api-key.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";

/** Its next request is refused. Revoking twice is the same as once. */
export async function revokeApiKey(deps: Deps, actor: UserActor, keyId: string): Promise<void> {
  assertAdmin(actor);
  await deps.db.transaction(async (tx) => {
    if (!(await findListedApiKey(tx, keyId))) throw notFound("API key");
    const revoked = await revokeApiKeyRow(tx, keyId, deps.now());
    if (!revoked) return;
    await insertAudit(tx, deps, actor, {
      action: "api_key.revoked",
      subject: { kind: "api_key", id: keyId },
      data: { name: revoked.name, prefix: revoked.prefix },
    });
  });
}
