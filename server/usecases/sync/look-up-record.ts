import type { CrmRecord } from "../../domain/connector.ts";
import type { Match } from "../../domain/identity/match-record.ts";
import { toPhoneQuery } from "../../domain/identity/phone.ts";
import { isBlank } from "../../domain/sync/normal-form.ts";
import { findRecords, isSame, matchAmong } from "./find-records.ts";
import type { PushContext } from "./push-context.ts";

/**
 * One lookup by both keys, in which the phone may be left out once somebody has the email. It is made up for only when the
 * phone is about to be written to that record and may belong to another.
 */
export async function lookUpRecord(context: PushContext): Promise<Match<CrmRecord>> {
  const { connection, crm, email, phone, shared } = context;
  const emailDecides = connection.lookupOrder === "email_first" && !shared.email;
  const found = await findRecords(context, {
    ...(email && { email: email.norm }),
    ...(phone && { phone: toPhoneQuery(phone), phoneOnlyIfNoEmail: emailDecides }),
  });
  const match = matchAmong(context, found);
  const phoneMayBeUnknown = emailDecides && phone && !crm.capabilities.findsBothKeysAtOnce;
  if (match.kind !== "one" || match.by !== "email" || !phoneMayBeUnknown) return match;
  if (!wouldFill(context, match.candidate, "phone")) return match;
  const byPhone = await findRecords(context, { phone: toPhoneQuery(phone) });
  return matchAmong(context, [...found, ...byPhone.filter((one) => !found.some((other) => isSame(one, other)))]);
}

function wouldFill(context: PushContext, record: CrmRecord, field: "email" | "phone"): boolean {
  return context.mapping.some(
    (row) =>
      row.object === record.object &&
      row.field === field &&
      row.policy !== "never" &&
      isBlank(record.values[row.property]),
  );
}
