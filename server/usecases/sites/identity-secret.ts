import { randomBytes } from "node:crypto";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findSite, updateSite } from "../../db/queries/site.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { identityAad } from "../visitors/read-identity-token.ts";
import { publishSite } from "./publish-site.ts";

/** Makes the secret by which the site's backend signs identities; an earlier one stops working. Answered this once. */
export async function makeIdentitySecret(deps: Deps, actor: UserActor, siteId: string): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  await store(deps, actor, siteId, secret);
  return secret;
}

/** From now on no signed identity is believed on this site. */
export async function removeIdentitySecret(deps: Deps, actor: UserActor, siteId: string): Promise<void> {
  await store(deps, actor, siteId, null);
}

async function store(deps: Deps, actor: UserActor, siteId: string, secret: string | null): Promise<void> {
  assertAdmin(actor);
  await deps.db.transaction(async (tx) => {
    if (!(await findSite(tx, siteId))) throw notFound("site");
    const identitySecret = secret && deps.secrets.encrypt(secret, identityAad(siteId));
    await updateSite(tx, siteId, { identitySecret });
    await insertAudit(tx, deps, actor, {
      action: secret ? "site.identity_secret_made" : "site.identity_secret_removed",
      subject: { kind: "site", id: siteId },
    });
  });
  publishSite(deps, siteId);
}
