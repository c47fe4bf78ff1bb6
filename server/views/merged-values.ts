import type { ContactRow } from "../db/queries/contact.ts";
import type { MergedValues } from "../domain/contacts/merge-values.ts";

/** What a merge may change of a contact, as the journal keeps it. */
export function valuesOf(row: ContactRow): MergedValues {
  const { firstName, lastName, email, phone, company, title } = row;
  return {
    ...{ firstName, lastName, email, phone, company, title },
    attributes: row.attributes,
    origins: row.origins,
    tags: row.tags,
    doNotContact: row.doNotContact,
    engagement: row.engagement,
    nextFollowUpAt: row.nextFollowUpAt?.toISOString() ?? null,
    lastActivityAt: row.lastActivityAt.toISOString(),
  };
}

export function columnsOf(values: MergedValues) {
  return {
    ...values,
    tags: [...values.tags],
    doNotContact: [...values.doNotContact],
    nextFollowUpAt: values.nextFollowUpAt === null ? null : new Date(values.nextFollowUpAt),
    lastActivityAt: new Date(values.lastActivityAt),
  };
}
