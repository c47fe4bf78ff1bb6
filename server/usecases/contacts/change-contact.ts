import type { ChangeContact } from "@rolodesk/shared/contact";
import { CORE_FIELDS } from "@rolodesk/shared/vocabulary";
import { eq } from "drizzle-orm";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import type { ContactRow } from "../../db/queries/contact.ts";
import { lockContactKeys } from "../../db/queries/contact-keys.ts";
import { listSiteCountries } from "../../db/queries/site-countries.ts";
import { contact } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { holdContact } from "./held-contact.ts";
import { publishContact } from "./publish-contact.ts";
import { storeKeys } from "./store-keys.ts";
import { readTyped, type TypedValues } from "./typed-values.ts";

type Stored = Partial<
  Pick<
    ContactRow,
    (typeof CORE_FIELDS)[number] | "attributes" | "origins" | "tags" | "doNotContact" | "engagement" | "nextFollowUpAt"
  >
>;

/** Changes what we hold of a person, on an agent's word: nothing said in a chat takes its place by itself. */
export async function changeContact(deps: Deps, actor: UserActor, id: string, change: ChangeContact): Promise<void> {
  const changedId = await deps.db.transaction(async (tx) => {
    const typed = readTyped(change, await listSiteCountries(tx, actor.siteIds));
    const [emailNorm, phoneNorm] = [typed.keys.email?.norm ?? null, typed.keys.phone?.norm ?? null];
    await lockContactKeys(tx, [{ emailNorm, phoneNorm }]);
    const { contact: held } = await holdContact(tx, actor, id);
    const next = nextOf(held, change, typed, deps.now());
    const names = Object.keys(next).filter((name) => name !== "origins");
    if (names.length === 0) return null;
    await tx
      .update(contact)
      .set({ ...next, updatedAt: deps.now() })
      .where(eq(contact.id, held.id));
    await storeKeys(tx, deps, held.id, typed.keys);
    await insertAudit(tx, deps, actor, {
      action: "contact.changed",
      subject: { kind: "contact", id: held.id },
      contactId: held.id,
      data: { from: picked(held, names), to: picked(next, names) },
    });
    return held.id;
  });
  if (changedId) publishContact(deps, changedId);
}

/** What is different afterwards. */
function nextOf(held: ContactRow, change: ChangeContact, { values }: TypedValues, now: Date): Stored {
  const next: Stored = {};
  const origins = { ...held.origins };
  for (const field of CORE_FIELDS) {
    const value = values[field];
    if (value === undefined || value === held[field]) continue;
    next[field] = value;
    if (value === null) delete origins[field];
    else origins[field] = { sure: "agent", at: now.toISOString(), conversationId: null };
    next.origins = origins;
  }
  const followUp = change.nextFollowUpAt;
  const rest: Stored = {
    ...(change.attributes ? { attributes: withAttributes(held.attributes, change.attributes) } : {}),
    ...(change.tags ? { tags: [...new Set(change.tags)].toSorted() } : {}),
    ...(change.doNotContact ? { doNotContact: [...new Set(change.doNotContact)].toSorted() } : {}),
    ...(change.engagement ? { engagement: change.engagement } : {}),
    ...(followUp === undefined ? {} : { nextFollowUpAt: followUp === null ? null : new Date(followUp) }),
  };
  const differing = Object.entries(rest).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(picked(held, [name])[name]),
  );
  return { ...next, ...Object.fromEntries(differing) };
}

function withAttributes(
  held: ContactRow["attributes"],
  change: NonNullable<ChangeContact["attributes"]>,
): ContactRow["attributes"] {
  return Object.fromEntries(
    Object.entries({ ...held, ...change }).filter(([, value]) => value !== null && value !== ""),
  );
}

function picked(values: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
