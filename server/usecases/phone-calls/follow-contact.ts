import { eq } from "drizzle-orm";
import type { Tx } from "../../db/client.ts";
import { lockContactValues } from "../../db/queries/contact.ts";
import { isLastPhoneCall, type PhoneCallRow } from "../../db/queries/phone-call.ts";
import { contact } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { engagementAfter } from "../../domain/phone-calls/assess-call.ts";

/** What a contact learns from its last call: how far the person has come, and when somebody should call again. */
export async function followContact(tx: Tx, deps: Pick<Deps, "now">, call: PhoneCallRow): Promise<void> {
  const { contactId, engagement, nextFollowUpAt } = call;
  if (contactId === null || engagement === null || !(await isLastPhoneCall(tx, call))) return;
  const held = await lockContactValues(tx, contactId);
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
