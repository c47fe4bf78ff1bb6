import type { VisitorField } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { latestFacts } from "../../db/queries/fact.ts";
import { fact, type StatedValues } from "../../db/schema/conversation.ts";
import type { Deps } from "../../deps.ts";

type NewFact = Pick<typeof fact.$inferInsert, "field" | "value" | "messageSeq" | "source" | "verified">;

/** Stores what was learned in a conversation; what its newest fact says already, as surely, is not stored again. */
export async function storeFacts(tx: Tx, deps: Deps, conversationId: string, facts: readonly NewFact[]): Promise<void> {
  const latest = await latestFacts(tx, conversationId);
  const news = facts.filter(({ field, value, verified }) => {
    const held = latest.get(field);
    return held?.value !== value || held.verified !== (verified ?? false);
  });
  if (news.length === 0) return;
  const createdAt = deps.now();
  await tx.insert(fact).values(news.map((one) => ({ ...one, id: deps.newId(), conversationId, createdAt })));
}

/** What a signed token said, as facts of a conversation. */
export function signedFacts(stated: StatedValues): NewFact[] {
  const fields: VisitorField[] = ["firstName", "lastName", "email", "phone"];
  return fields.flatMap((field) => {
    const known = stated[field];
    return known?.verified ? [{ field, value: known.value, source: "signed", verified: true }] : [];
  });
}
