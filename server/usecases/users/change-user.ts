import type { UserChange } from "@rolodesk/shared/user";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteSessionsOfUser } from "../../db/queries/session.ts";
import { replaceSitesOfAgent } from "../../db/queries/site.ts";
import { countActiveAdmins, findUser, lockAdmins, updateUser } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { assertSitesExist } from "../sites/assert-sites-exist.ts";
import { publishUser } from "./publish-user.ts";

/** Changes a user. Deactivating ends their sessions and sockets. The last active admin stays one. */
export async function changeUser(deps: Deps, actor: UserActor, userId: string, change: UserChange): Promise<void> {
  assertAdmin(actor);
  await deps.db.transaction(async (tx) => {
    await lockAdmins(tx);
    const before = await findUser(tx, userId);
    if (!before) throw notFound("user");
    const after = await updateUser(tx, userId, {
      name: change.name ?? before.name,
      role: change.role ?? before.role,
      banned: change.active === undefined ? before.banned : !change.active,
    });
    if ((await countActiveAdmins(tx)) === 0) {
      throw new DomainError("conflict", "At least one active admin must remain. Make somebody else an admin first.");
    }
    if (change.siteIds) {
      await assertSitesExist(tx, change.siteIds);
      await replaceSitesOfAgent(tx, userId, change.siteIds);
    }
    if (after?.banned) await deleteSessionsOfUser(tx, userId);
    await insertAudit(tx, deps, actor, {
      action: "user.changed",
      subject: { kind: "user", id: userId },
      data: { before: { name: before.name, role: before.role, active: !before.banned }, change },
    });
  });
  if (change.active === false) deps.publish.disconnect({ userId });
  publishUser(deps, userId);
}
