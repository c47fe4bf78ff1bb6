import { eq } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { isLastPhoneCall, type PhoneCallRow } from "../../db/queries/phone-call.ts";
import { contact } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { engagementAfter } from "../../domain/phone-calls/assess-call.ts";

/** What a contact learns from its last call: how far the person has come, and when somebody should call again. */
export async function followContact(tx: Tx, deps: Pick<Deps, "now">, call: PhoneCallRow): Promise<void> {
  const { contactId, engagement, nextFollowUpAt } = call;
  if (contactId === null || engagement === null || !(await isLastPhoneCall(tx, call))) return;
  // lets pass those who only refer to the contact: other calls of the same person do, and want this as well
  const [held] = await tx.select().from(contact).where(eq(contact.id, contactId)).for("no key update");
  if (!held || held.erasedAt) return;
  const at = call.startedAt ?? call.createdAt;
  await tx
    .update(contact)
    .set({
      engagement: engagementAfter(held.engagement, engagement),
      nextFollowUpAt,
      lastActivityAt: new Date(Math.max(at.getTime(), held.lastActivityAt.getTime())),
      updatedAt: deps.now(),
    })
    .where(eq(contact.id, contactId));
}
