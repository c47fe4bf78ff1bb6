import { findConnection } from "../../db/queries/connection.ts";
import { resolveContactId } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import { eraseContact } from "./erase-contact.ts";

/** The job of a CRM's privacy deletion: erases the person here too. One who is erased already is. */
export async function eraseAsAsked(
  deps: Deps,
  { contactId, connectionId }: { contactId: string; connectionId: string },
): Promise<void> {
  const current = await resolveContactId(deps.db, contactId);
  if (!current) return;
  const name = (await findConnection(deps.db, connectionId))?.name ?? "A removed connection";
  await eraseContact(deps, { kind: "system", name: "webhook" }, current, `${name}, by a privacy deletion`);
}
