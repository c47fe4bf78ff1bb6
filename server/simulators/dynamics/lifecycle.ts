import type { StoredValues } from "./filter-match.ts";
import { ODataError } from "./odata-error.ts";
import type { Rows } from "./rows.ts";

export interface QualifyOptions {
  readonly createContact: boolean;
  /** A contact the salesperson chose instead of a new one. */
  readonly existingContactId?: string;
}

/** What the standard lead-to-contact mapping copies. (Dynamics 365 Sales, Qualify and convert leads.) */
const MAPPED_COLUMNS = [
  ...["firstname", "middlename", "lastname", "salutation", "jobtitle", "description", "websiteurl", "fax"],
  ...["emailaddress1", "emailaddress2", "emailaddress3", "mobilephone", "telephone1", "telephone2", "telephone3"],
  ...["donotemail", "donotphone", "donotbulkemail", "preferredcontactmethodcode"],
];

/**
 * Qualifies a lead: it stays, closed, under its id. A new contact points back with `originatingleadid`; a chosen one
 * is held in the lead's `parentcontactid`. Returns the contact's id, or null when none was wanted.
 */
export function qualifyLead(rows: Rows, leadId: string, options: QualifyOptions): string | null {
  const leads = rows.table("lead");
  const lead = rows.get(leads, leadId);
  if (lead.values.statecode !== 0) throw new ODataError(400, "0x80048408", "The lead is already closed.");
  const closed = { statecode: 1, statuscode: 3 };
  if (options.existingContactId !== undefined) {
    const contact = rows.get(rows.table("contact"), options.existingContactId);
    rows.change(leads, leadId, { ...closed, _parentcontactid_value: contact.id });
    return contact.id;
  }
  rows.change(leads, leadId, closed);
  if (!options.createContact) return null;
  const copied: StoredValues = Object.fromEntries(MAPPED_COLUMNS.map((name) => [name, lead.values[name] ?? null]));
  return rows.insert(rows.table("contact"), { ...copied, _originatingleadid_value: lead.id }).id;
}

/** Merges two records of one table: the loser becomes inactive and points to the winner with `masterid`. */
export function mergeRecords(rows: Rows, object: "contact" | "lead", winner: string, loser: string): void {
  const table = rows.table(object);
  const master = rows.get(table, winner);
  const inactive = object === "contact" ? { statecode: 1, statuscode: 2 } : { statecode: 2, statuscode: 7 };
  rows.change(table, winner, {});
  rows.change(table, loser, { ...inactive, merged: true, _masterid_value: master.id });
}

export function disqualifyLead(rows: Rows, leadId: string): void {
  rows.change(rows.table("lead"), leadId, { statecode: 2, statuscode: 6 });
}
