import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteEndpoint, lockEndpoint } from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { publishEndpoint } from "./publish-endpoint.ts";

/** Removes an endpoint with its log; what waits for it is not sent. */
export async function removeEndpoint(deps: Deps, actor: UserActor, id: string): Promise<void> {
  assertAdmin(actor);
  await deps.db.transaction(async (tx) => {
    const row = await lockEndpoint(tx, id);
    if (!row) throw notFound("webhook");
    await deleteEndpoint(tx, id);
    await insertAudit(tx, deps, actor, {
      action: "webhook_endpoint.removed",
      subject: { kind: "webhook_endpoint", id },
      data: { name: row.name, url: row.url },
    });
  });
  publishEndpoint(deps, id);
}
