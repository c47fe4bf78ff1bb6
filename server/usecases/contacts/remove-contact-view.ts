import { and, eq } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { contactView } from "../../db/schema/contact-directory.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";

/** Forgets one of the user's own saved views. */
export async function removeContactView(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const [removed] = await tx
      .delete(contactView)
      .where(and(eq(contactView.id, id), eq(contactView.userId, actor.userId)))
      .returning();
    if (!removed) throw notFound("saved view");
    await insertAudit(tx, deps, actor, {
      action: "contact_view.removed",
      subject: { kind: "contact_view", id },
      data: { name: removed.name },
    });
  });
}
