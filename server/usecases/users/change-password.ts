import type { PasswordChange } from "@rolodesk/shared/user";
import type { UserActor } from "../../actor.ts";
import { hashPassword, verifyPassword } from "../../auth/password-hash.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteSessionsOfUser } from "../../db/queries/session.ts";
import { findPasswordHash, updatePasswordHash } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";

/** Changes one's own password. All sessions and sockets but `sessionId`, the one it is changed in, end. */
export async function changePassword(
  deps: Deps,
  actor: UserActor,
  sessionId: string,
  { current, next }: PasswordChange,
): Promise<void> {
  const stored = await findPasswordHash(deps.db, actor.userId);
  const matches = stored !== null && (await verifyPassword(stored, current));
  if (!matches) {
    throw new DomainError("bad_request", "The current password is wrong.", { current: "This is not your password." });
  }
  const passwordHash = await hashPassword(next);
  const endedIds = await deps.db.transaction(async (tx) => {
    await updatePasswordHash(tx, actor.userId, passwordHash);
    await insertAudit(tx, deps, actor, {
      action: "user.password_changed",
      subject: { kind: "user", id: actor.userId },
    });
    return await deleteSessionsOfUser(tx, actor.userId, sessionId);
  });
  deps.publish.disconnect({ sessionIds: endedIds });
}
