import type { NewUser } from "@rolodesk/shared/user";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { replaceSitesOfAgent } from "../../db/queries/site.ts";
import { insertUser } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { assertSitesExist } from "../sites/assert-sites-exist.ts";
import { issueResetLink } from "./issue-reset-link.ts";
import { publishUser } from "./publish-user.ts";

/** Makes an account without a password; the link lets its owner choose one. */
export async function createUser(
  deps: Deps,
  actor: UserActor,
  { name, email, role, siteIds }: NewUser,
): Promise<{ userId: string; resetLink: string }> {
  assertAdmin(actor);
  const userId = deps.newId();
  const resetLink = await deps.db.transaction(async (tx) => {
    const inserted = await insertUser(tx, { id: userId, name, email, role }, null);
    if (!inserted) {
      throw new DomainError("conflict", "Somebody has this email address already.", { email: "Use another address." });
    }
    await assertSitesExist(tx, siteIds);
    await replaceSitesOfAgent(tx, userId, siteIds);
    await insertAudit(tx, deps, actor, {
      action: "user.created",
      subject: { kind: "user", id: userId },
      data: { name, role, siteIds },
    });
    return await issueResetLink(tx, deps, userId);
  });
  publishUser(deps, userId);
  return { userId, resetLink };
}
