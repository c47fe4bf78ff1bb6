import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findUserByEmail } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";

/** Writes into the audit trail that somebody's session began or ended by their own doing. */
export async function noteSession(
  deps: Pick<Deps, "db" | "newId">,
  actor: UserActor,
  action: "user.signed_in" | "user.signed_out",
): Promise<void> {
  const subject = { kind: "user", id: actor.userId };
  await deps.db.transaction((tx) => insertAudit(tx, deps, actor, { action, subject }));
}

/** The same of an attempt that failed, where somebody has this address. Of others nothing is kept: what is typed there may be a password. */
export async function noteFailedSignIn(deps: Pick<Deps, "db" | "newId">, email: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const known = await findUserByEmail(tx, email);
    if (!known) return;
    const actor = { kind: "system", name: "sign-in" } as const;
    const subject = { kind: "user", id: known.id };
    await insertAudit(tx, deps, actor, { action: "user.sign_in_failed", subject, data: { active: !known.banned } });
  });
}
