import { type FieldMappingRow, listMapping } from "../../db/queries/connection.ts";
import { listCrmFields } from "../../db/queries/crm-field.ts";
import type { Deps } from "../../deps.ts";
import { type CrmFields, isThere } from "../../domain/mapping/mapping-faults.ts";

/** What to ask a CRM for: every mapped property once, without those that are known to be gone. */
export function askedProperties(mapping: readonly FieldMappingRow[], crmFields: CrmFields): string[] {
  return [...new Set(mapping.filter((row) => isThere(row, crmFields)).map(({ property }) => property))];
}

export async function readAskedProperties({ db }: Deps, connectionId: string): Promise<string[]> {
  return askedProperties(await listMapping(db, connectionId), await listCrmFields(db, connectionId));
}
