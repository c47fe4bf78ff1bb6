import type { CrmRecord, FindQuery, RecordRef } from "../../domain/connector.ts";
import { emailNorm } from "../../domain/identity/email.ts";
import { type Match, matchRecord } from "../../domain/identity/match-record.ts";
import { phoneNorm } from "../../domain/identity/phone.ts";
import type { PushContext } from "./push-context.ts";

/** Everybody a search brings who may be written to. */
export async function findRecords(context: PushContext, query: FindQuery): Promise<readonly CrmRecord[]> {
  const found = await context.crm.connector.findContacts(query, context.properties);
  return found.filter(({ state }) => state !== "closed");
}

export function matchAmong(context: PushContext, candidates: readonly CrmRecord[]): Match<CrmRecord> {
  return matchRecord({
    email: context.email,
    phone: context.phone,
    name: context.name,
    shared: context.shared,
    order: context.connection.lookupOrder,
    objects: context.crm.capabilities.objects,
    countries: context.countries,
    candidates,
  });
}

export function isSame(a: RecordRef, b: RecordRef): boolean {
  return a.object === b.object && a.externalId === b.externalId;
}

/** Which of the person's keys a record has. */
export function keysHeld(
  { email, phone, countries }: PushContext,
  { emails, phones }: CrmRecord,
): ("email" | "phone")[] {
  const hasEmail = email !== null && emails.some((held) => emailNorm(held) === email.norm);
  const hasPhone = phone !== null && phones.some((held) => phoneNorm(held, countries) === phone.norm);
  return [...(hasEmail ? ["email" as const] : []), ...(hasPhone ? ["phone" as const] : [])];
}
