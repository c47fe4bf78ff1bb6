import type { SaveContactView } from "@rolodesk/shared/contact";
import { and, count, eq, ne } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { contactView } from "../../db/schema/contact-directory.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";

const VIEWS_MAX = 50;

/** Keeps a search of the directory under a name; the same name again replaces it. Views are their user's own. */
export async function saveContactView(
  deps: Deps,
  actor: UserActor,
  { name, filter }: SaveContactView,
): Promise<typeof contactView.$inferSelect> {
  return await deps.db.transaction(async (tx) => {
    const { userId } = actor;
    const [others] = await tx
      .select({ views: count() })
      .from(contactView)
      .where(and(eq(contactView.userId, userId), ne(contactView.name, name)));
    if ((others?.views ?? 0) >= VIEWS_MAX) {
      throw new DomainError("conflict", `You have ${VIEWS_MAX} saved views. Remove one first.`);
    }
    const [stored] = await tx
      .insert(contactView)
      .values({ id: deps.newId(), userId, name, filter })
      .onConflictDoUpdate({ target: [contactView.userId, contactView.name], set: { filter } })
      .returning();
    if (!stored) throw new Error("An upsert returns its row.");
    await insertAudit(tx, deps, actor, {
      action: "contact_view.saved",
      subject: { kind: "contact_view", id: stored.id },
      data: { name },
    });
    return stored;
  });
}
