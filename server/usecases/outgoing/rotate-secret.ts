import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { lockEndpoint, updateEndpoint } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { sealEndpointSecret } from "./endpoint-secrets.ts";
import { publishEndpoint } from "./publish-endpoint.ts";
import { mintEndpointSecret } from "./sign-delivery.ts";

const FORMER_COUNTS_MS = 24 * 60 * 60_000;

/** A new secret; the one before signs along for a day, so that receivers can change over without a gap. */
export async function rotateEndpointSecret(deps: Deps, actor: UserActor, id: string): Promise<string> {
  assertAdmin(actor);
  const secret = mintEndpointSecret();
  await deps.db.transaction(async (tx) => {
    const row = await lockEndpoint(tx, id);
    if (!row) throw notFound("webhook");
    await updateEndpoint(tx, id, {
      secret: sealEndpointSecret(deps, id, secret),
      formerSecret: row.secret,
      formerUntil: new Date(deps.now().getTime() + FORMER_COUNTS_MS),
    });
    await insertAudit(tx, deps, actor, {
      action: "webhook_endpoint.secret_rotated",
      subject: { kind: "webhook_endpoint", id },
      data: { name: row.name },
    });
  });
  publishEndpoint(deps, id);
  return secret;
}
