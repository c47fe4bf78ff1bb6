import { insertRun } from "../../server/db/queries/sync-run.ts";
import { contact, contactIdentity } from "../../server/db/schema/contact.ts";
import { conversation, fact, visitor } from "../../server/db/schema/conversation.ts";
import { newId } from "../../server/new-id.ts";
import type { SyncRig } from "./sync-rig.ts";

/** Somebody who has chatted: our contact and their browser. */
export interface Known {
  readonly contactId: string;
  readonly visitorId: string;
}

interface Told {
  readonly field: "firstName" | "lastName" | "email";
  readonly value: string;
}

/**
 * Conversations that have just ended, with their runs and jobs, as `chatAndEnd` leaves them, for tests of which talking is not
 * the point: all of them in a few statements.
 */
export async function endChats(
  rig: SyncRig,
  connectionId: string,
  people: readonly { readonly known: Known; readonly told: readonly Told[] }[],
): Promise<void> {
  if (people.length === 0) return;
  const { siteId, deps } = rig;
  const now = deps.now();
  const chats = people.map((person) => ({ id: newId(), runId: newId(), ...person }));
  await deps.db.transaction(async (tx) => {
    await tx.insert(conversation).values(
      chats.map(({ id, known }) => ({
        ...{ id, siteId, ...known, endedAt: now },
        ...{ status: "ended" as const, endedBy: "visitor" as const, closeCount: 1 },
      })),
    );
    await tx
      .insert(fact)
      .values(
        chats.flatMap(({ id, told }) =>
          told.map((one) => ({ id: newId(), conversationId: id, source: "card" as const, ...one })),
        ),
      );
    for (const { id, runId, known } of chats) {
      const run = { id: runId, connectionId, contactId: known.contactId };
      await insertRun(tx, { ...run, cause: `end:${id}:1`, conversationId: id, trigger: "conversation_end" });
      await deps.enqueueRun(tx, run);
    }
  });
}

/** People who were never in a CRM of ours, each with an email of their own. */
export async function insertPeople({ siteId, deps }: SyncRig, emails: readonly string[]): Promise<Known[]> {
  const people = emails.map((email) => ({ email, contactId: newId(), visitorId: newId() }));
  await deps.db.transaction(async (tx) => {
    await tx.insert(contact).values(people.map(({ contactId, email }) => ({ id: contactId, email })));
    await tx.insert(visitor).values(people.map(({ contactId, visitorId }) => ({ id: visitorId, siteId, contactId })));
    await tx.insert(contactIdentity).values(
      people.map(({ contactId, email }) => ({
        ...{ id: newId(), contactId, norm: email, value: email },
        ...{ kind: "email" as const, source: "visitor" as const },
      })),
    );
  });
  return people.map(({ contactId, visitorId }) => ({ contactId, visitorId }));
}
