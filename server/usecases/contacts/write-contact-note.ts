import type { WriteContactNote } from "@rolodesk/shared/contact";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { contactNote } from "../../db/schema/contact-directory.ts";
import type { Deps } from "../../deps.ts";
import { holdContact } from "./held-contact.ts";
import { publishContact } from "./publish-contact.ts";

/** Writes something down about a person; everybody who may know of them reads it. Returns the contact it stands with. */
export async function writeContactNote(
  deps: Deps,
  actor: UserActor,
  id: string,
  { text }: WriteContactNote,
): Promise<string> {
  const contactId = await deps.db.transaction(async (tx) => {
    const { contact } = await holdContact(tx, actor, id);
    const noteId = deps.newId();
    await tx.insert(contactNote).values({
      id: noteId,
      contactId: contact.id,
      authorId: actor.userId,
      authorName: actor.name,
      text,
      createdAt: deps.now(),
    });
    await insertAudit(tx, deps, actor, {
      action: "contact.noted",
      subject: { kind: "contact", id: contact.id },
      contactId: contact.id,
      data: { noteId },
    });
    return contact.id;
  });
  publishContact(deps, contactId);
  return contactId;
}
