import type { DbOrTx } from "../../db/client.ts";
import {
  type ContactIdentityRow,
  type ContactRow,
  listContactsByKeys,
  listIdentities,
} from "../../db/queries/contact.ts";
import { type Match, type MatchCandidate, matchRecord } from "../../domain/identity/match-record.ts";
import type { Said } from "./learn-facts.ts";
import { sharedKeys } from "./shared-keys.ts";

/** Which of our contacts somebody is who says this, by the rule that finds records in a CRM, and all who have a key. */
export async function matchContact(
  db: DbOrTx,
  said: Said,
): Promise<{ match: Match<MatchCandidate>; candidates: readonly MatchCandidate[] }> {
  const candidates = await listCandidates(db, said);
  const match = matchRecord({
    ...said,
    candidates,
    shared: await sharedKeys(db, said),
    order: "email_first",
    objects: ["contact"],
    countries: [],
  });
  return { match, candidates };
}

async function listCandidates(db: DbOrTx, { email, phone }: Said): Promise<MatchCandidate[]> {
  const found = await listContactsByKeys(db, [
    ...(email ? [{ kind: "email" as const, norm: email.norm }] : []),
    ...(phone ? [{ kind: "phone" as const, norm: phone.norm }] : []),
  ]);
  const identities = await listIdentities(
    db,
    found.map(({ id }) => id),
  );
  return found.map((row) => toCandidate(row, identities));
}

function toCandidate(row: ContactRow, identities: readonly ContactIdentityRow[]): MatchCandidate {
  const normsOf = (kind: "email" | "phone") =>
    identities.filter((one) => one.contactId === row.id && one.kind === kind).map(({ norm }) => norm);
  return {
    object: "contact",
    externalId: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    emails: normsOf("email"),
    phones: normsOf("phone"),
  };
}
