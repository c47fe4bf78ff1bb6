import { randomBytes } from "node:crypto";
import type { SiteInput } from "@rolodesk/shared/site";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { insertSite, type SiteRow } from "../../db/queries/site.ts";
import type { Deps } from "../../deps.ts";
import { assertAdmin } from "../access.ts";
import { publishSite } from "./publish-site.ts";

export async function createSite(deps: Deps, actor: UserActor, input: SiteInput): Promise<SiteRow> {
  assertAdmin(actor);
  const row = await deps.db.transaction(async (tx) => {
    const inserted = await insertSite(tx, { ...input, id: deps.newId(), key: randomBytes(12).toString("base64url") });
    await insertAudit(tx, deps, actor, {
      action: "site.created",
      subject: { kind: "site", id: inserted.id },
      data: { ...input },
    });
    return inserted;
  });
  publishSite(deps, row.id);
  return row;
}
