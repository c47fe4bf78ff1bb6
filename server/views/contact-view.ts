import { ContactFilter, type ContactView, type ContactViews } from "@rolodesk/shared/contact";
import { asc, eq } from "drizzle-orm";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import { contactView } from "../db/schema/contact-directory.ts";

/** The user's own saved views, by name. */
export async function readContactViews(db: DbOrTx, { userId }: UserActor): Promise<ContactViews> {
  const rows = await db.select().from(contactView).where(eq(contactView.userId, userId)).orderBy(asc(contactView.name));
  return { views: rows.map(toContactView) };
}

export function toContactView({ id, name, filter }: typeof contactView.$inferSelect): ContactView {
  return { id, name, filter: ContactFilter.parse(filter) };
}
