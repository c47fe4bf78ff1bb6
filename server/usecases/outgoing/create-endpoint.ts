import type { NewEndpoint } from "@rolodesk/shared/webhook-endpoint";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { insertEndpoint } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { assertAdmin } from "../access.ts";
import { assertSitesExist } from "../sites/assert-sites-exist.ts";
import { assertMayTell } from "./assert-may-tell.ts";
import { sealEndpointSecret } from "./endpoint-secrets.ts";
import { publishEndpoint } from "./publish-endpoint.ts";
import { mintEndpointSecret } from "./sign-delivery.ts";

/** Adds an address that is told of events from now on. `secret` is answered this once. */
export async function createEndpoint(
  deps: Deps,
  actor: UserActor,
  { name, url, events, siteIds }: NewEndpoint,
): Promise<{ endpointId: string; secret: string }> {
  assertAdmin(actor);
  await assertMayTell(deps, url);
  const endpointId = deps.newId();
  const secret = mintEndpointSecret();
  await deps.db.transaction(async (tx) => {
    await assertSitesExist(tx, siteIds);
    await insertEndpoint(tx, {
      ...{ id: endpointId, name, url, createdAt: deps.now() },
      events: [...new Set(events)],
      siteIds: siteIds.length === 0 ? null : siteIds,
      secret: sealEndpointSecret(deps, endpointId, secret),
    });
    await insertAudit(tx, deps, actor, {
      action: "webhook_endpoint.created",
      subject: { kind: "webhook_endpoint", id: endpointId },
      data: { name, url, events, siteIds },
    });
  });
  publishEndpoint(deps, endpointId);
  return { endpointId, secret };
}
