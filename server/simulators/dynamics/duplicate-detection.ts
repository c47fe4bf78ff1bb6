import { ODataError } from "./odata-error.ts";
import type { Row, Rows } from "./rows.ts";

/** The environment's duplicate rules: records with the same `emailaddress1`, off until a test or an admin turns it on. */
export interface DuplicateDetection {
  on: boolean;
  /** The documentation says 500, its status table 412; live environments answer either. */
  status: 500 | 412;
  /** Whether a lead is also compared with contacts, and the other way round. */
  acrossTables: boolean;
}

const PEOPLE = ["contact", "lead"];

/** Refuses a create like a published duplicate rule. Only asked when the caller switched detection on. */
export function refuseDuplicate(detection: DuplicateDetection, rows: Rows, table: string, values: Row["values"]): void {
  const address = values.emailaddress1;
  if (!detection.on || typeof address !== "string" || !PEOPLE.includes(table)) return;
  const compared = detection.acrossTables ? PEOPLE : [table];
  const exists = compared.some((name) => rows.list(rows.table(name)).some((row) => isSamePerson(row, address)));
  if (!exists) return;
  const message = "A record was not created or updated because a duplicate of the current record already exists.";
  throw new ODataError(detection.status, "0x80040333", message);
}

function isSamePerson(row: Row, address: string): boolean {
  const held = row.values.emailaddress1;
  return row.values.statecode === 0 && typeof held === "string" && held.toLowerCase() === address.toLowerCase();
}
