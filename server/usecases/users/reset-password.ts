import type { PasswordReset } from "@rolodesk/shared/user";
import { hashPassword } from "../../auth/password-hash.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteSessionsOfUser } from "../../db/queries/session.ts";
import { takeResetToken, updatePasswordHash } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { hashToken } from "../bearer-token.ts";

/** Sets a password by the link an admin made, once. Every session of the user ends. */
export async function resetPassword(deps: Deps, { token, password }: PasswordReset): Promise<void> {
  const userId = await deps.db.transaction(async (tx) => {
    const userId = await takeResetToken(tx, hashToken(token), deps.now());
    if (!userId) {
      throw new DomainError("not_found", "This link was used already or is too old. Ask an admin for a new one.");
    }
    await updatePasswordHash(tx, userId, await hashPassword(password));
    await deleteSessionsOfUser(tx, userId);
    const actor = { kind: "system", name: "reset link" } as const;
    await insertAudit(tx, deps, actor, { action: "user.password_reset", subject: { kind: "user", id: userId } });
    return userId;
  });
  deps.publish.disconnect({ userId });
}
