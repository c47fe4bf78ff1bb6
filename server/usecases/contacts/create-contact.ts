import type { CreateContact } from "@rolodesk/shared/contact";
import { CORE_FIELDS, type CoreField } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { listSimilar } from "../../db/queries/contact-directory.ts";
import { lockContactKeys } from "../../db/queries/contact-keys.ts";
import { listSiteCountries } from "../../db/queries/site-countries.ts";
import { contact, type ValueOrigin } from "../../db/schema/contact.ts";
import type { Deps } from "../../deps.ts";
import { contactLabel } from "../../domain/contacts/contact-label.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { publishContact } from "./publish-contact.ts";
import { storeKeys } from "./store-keys.ts";
import { readTyped, type TypedValues } from "./typed-values.ts";

/**
 * Adds a person by hand. Only those who serve all sites do: the contact is of no site yet, and others could not see it.
 * Throws `conflict` where somebody with this email or phone is there already, unless that was said to be known.
 */
export async function createContact(deps: Deps, actor: UserActor, given: CreateContact): Promise<string> {
  if (actor.siteIds !== null) {
    throw new DomainError("forbidden", "Only somebody who serves all sites may add a contact by hand.");
  }
  const id = await deps.db.transaction(async (tx) => {
    const typed = readTyped(given, await listSiteCountries(tx, actor.siteIds));
    const [emailNorm, phoneNorm] = [typed.keys.email?.norm ?? null, typed.keys.phone?.norm ?? null];
    await lockContactKeys(tx, [{ emailNorm, phoneNorm }]);
    if (!given.evenIfSimilar) await refuseSimilar(tx, typed);
    const made = deps.newId();
    const now = deps.now();
    await tx.insert(contact).values({
      id: made,
      ...typed.values,
      origins: originsOf(typed, now),
      tags: [...new Set(given.tags)].toSorted(),
      doNotContact: [...new Set(given.doNotContact)].toSorted(),
      source: "agent",
      sourceDetail: actor.name,
      ...{ createdAt: now, updatedAt: now, lastActivityAt: now },
    });
    await storeKeys(tx, deps, made, typed.keys);
    await insertAudit(tx, deps, actor, {
      action: "contact.added",
      subject: { kind: "contact", id: made },
      contactId: made,
      data: { values: typed.values },
    });
    return made;
  });
  publishContact(deps, id);
  return id;
}

async function refuseSimilar(tx: Tx, { keys }: TypedValues): Promise<void> {
  for (const kind of ["email", "phone"] as const) {
    const norm = keys[kind]?.norm;
    const [similar] = norm ? await listSimilar(tx, null, [{ kind, norm }], 1) : [];
    if (!similar) continue;
    const message = `${contactLabel(similar)} has this ${kind === "email" ? "email" : "phone number"} already.`;
    throw new DomainError("conflict", message, { [kind]: message });
  }
}

function originsOf({ values }: TypedValues, now: Date): Partial<Record<CoreField, ValueOrigin>> {
  const origin: ValueOrigin = { sure: "agent", at: now.toISOString(), conversationId: null };
  return Object.fromEntries(CORE_FIELDS.flatMap((field) => (values[field] ? [[field, origin]] : [])));
}
