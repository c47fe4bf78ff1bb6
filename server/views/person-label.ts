import type { ConversationSummary } from "@rolodesk/shared/conversation";
import type { InboxRow } from "../db/queries/inbox.ts";
import { fullName } from "../domain/identity/name.ts";

/** A conversation's person as the tables know them. */
interface Speaker {
  readonly conversation: Pick<InboxRow["conversation"], "contactId">;
  readonly visitor: Pick<InboxRow["visitor"], "id" | "identity" | "stated">;
  readonly contact: InboxRow["contact"];
}

/**
 * What a person is called in lists. While they only claim to be somebody it is their own words, so that nobody appears
 * under another person's name by typing that person's email address.
 */
export function toPersonLabel({ conversation, visitor, contact }: Speaker): ConversationSummary["person"] {
  const { stated } = visitor;
  const own = fullName({ firstName: stated.firstName?.value ?? null, lastName: stated.lastName?.value ?? null });
  const known = visitor.identity === "verified" && contact ? fullName(contact) : null;
  return {
    contactId: conversation.contactId,
    label: known ?? own ?? stated.email?.value ?? stated.phone?.value ?? `Visitor ${visitor.id.slice(-4)}`,
    identity: visitor.identity,
  };
}
