import type { Setup } from "@rolodesk/shared/user";
import { hashPassword } from "../../auth/password-hash.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { anyUserExists, insertUser, lockAdmins } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";

/** Makes the first admin, while no user exists; of several who try at once, one succeeds. */
export async function setUpFirstAdmin(deps: Deps, { name, email, password }: Setup): Promise<void> {
  if (await anyUserExists(deps.db)) throw alreadyDone();
  const passwordHash = await hashPassword(password);
  await deps.db.transaction(async (tx) => {
    await lockAdmins(tx);
    if (await anyUserExists(tx)) throw alreadyDone();
    const id = deps.newId();
    await insertUser(tx, { id, name, email, role: "admin" }, passwordHash);
    const actor = { kind: "system", name: "setup" } as const;
    await insertAudit(tx, deps, actor, {
      action: "user.created",
      subject: { kind: "user", id },
      data: { role: "admin" },
    });
  });
}

function alreadyDone(): DomainError {
  return new DomainError("conflict", "There is an admin already. Sign in, or ask them for an account.");
}
