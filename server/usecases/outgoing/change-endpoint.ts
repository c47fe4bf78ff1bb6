import type { EndpointChange } from "@rolodesk/shared/webhook-endpoint";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import {
  type EndpointRow,
  listWaitingDeliveryIds,
  lockEndpoint,
  updateEndpoint,
} from "../../db/queries/webhook-endpoint.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { assertSitesExist } from "../sites/assert-sites-exist.ts";
import { assertMayTell } from "./assert-may-tell.ts";
import { orderDelivery } from "./order-delivery.ts";
import { publishEndpoint } from "./publish-endpoint.ts";

const CHUNK = 500;

/** Changes an endpoint. One that becomes active again goes on with everything that still waits for it. */
export async function changeEndpoint(deps: Deps, actor: UserActor, id: string, change: EndpointChange): Promise<void> {
  assertAdmin(actor);
  const { url, siteIds, active, ...rest } = change;
  if (url !== undefined) await assertMayTell(deps, url);
  await deps.db.transaction(async (tx) => {
    const before = await lockEndpoint(tx, id);
    if (!before) throw notFound("webhook");
    if (siteIds) await assertSitesExist(tx, siteIds);
    const stored = {
      ...rest,
      ...(url === undefined ? {} : { url }),
      ...(siteIds === undefined ? {} : { siteIds: siteIds.length === 0 ? null : siteIds }),
      ...stateAfter(before, active),
    };
    if (Object.keys(stored).length === 0) return;
    await updateEndpoint(tx, id, stored);
    await insertAudit(tx, deps, actor, {
      action: "webhook_endpoint.changed",
      subject: { kind: "webhook_endpoint", id },
      data: { from: changedFrom(before, change), to: change },
    });
    if (active && before.state !== "active") await goOn(tx, deps, id);
  });
  publishEndpoint(deps, id);
}

function stateAfter({ state }: EndpointRow, active: boolean | undefined): Partial<EndpointRow> {
  if (active === false) return { state: "paused" };
  if (!active || state === "active") return {};
  return { state: "active", failingSince: null, failures: 0, waitUntil: null, problem: null };
}

function changedFrom({ name, url, events, siteIds, state }: EndpointRow, change: EndpointChange) {
  const before = { name, url, events, siteIds: siteIds ?? [], active: state === "active" };
  return Object.fromEntries(Object.entries(before).filter(([key]) => key in change));
}

async function goOn(tx: Tx, deps: Deps, endpointId: string): Promise<void> {
  let last: string | undefined;
  for (;;) {
    const ids = await listWaitingDeliveryIds(tx, endpointId, last, CHUNK);
    for (const id of ids) await orderDelivery(tx, deps, { id, endpointId });
    last = ids.at(-1);
    if (ids.length < CHUNK) return;
  }
}
