import type { SiteInput } from "@rolodesk/shared/site";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findSite, type SiteRow, updateSite } from "../../db/queries/site.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { publishSite } from "./publish-site.ts";

export async function changeSite(
  deps: Deps,
  actor: UserActor,
  siteId: string,
  change: Partial<SiteInput>,
): Promise<SiteRow> {
  assertAdmin(actor);
  const row = await deps.db.transaction(async (tx) => {
    const before = await findSite(tx, siteId);
    if (!before) throw notFound("site");
    if (Object.keys(change).length === 0) return before;
    const after = await updateSite(tx, siteId, change);
    const old = Object.fromEntries(Object.entries(before).filter(([field]) => field in change));
    await insertAudit(tx, deps, actor, {
      action: "site.changed",
      subject: { kind: "site", id: siteId },
      data: { before: old, change },
    });
    return after;
  });
  publishSite(deps, siteId);
  return row;
}
