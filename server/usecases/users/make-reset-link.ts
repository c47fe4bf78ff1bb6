import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findUser } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { issueResetLink } from "./issue-reset-link.ts";

/** A link by which a user sets a new password. Their sessions live on until it is used. */
export async function makeResetLink(deps: Deps, actor: UserActor, userId: string): Promise<string> {
  assertAdmin(actor);
  return await deps.db.transaction(async (tx) => {
    if (!(await findUser(tx, userId))) throw notFound("user");
    await insertAudit(tx, deps, actor, { action: "user.reset_link_made", subject: { kind: "user", id: userId } });
    return await issueResetLink(tx, deps, userId);
  });
}
