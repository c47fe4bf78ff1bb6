import type { FieldPolicy } from "@rolodesk/shared/vocabulary";
import type { ConnectorCapabilities } from "../connector.ts";
import type { CrmFields } from "./mapping-faults.ts";

interface MappedRow {
  readonly object: string;
  readonly property: string;
  readonly policy: FieldPolicy;
}

/**
 * What the CRM wants of every new record and no row writes, by `required.<object>`, in words. Nothing where the connection
 * creates nobody.
 */
export function missingToCreate(
  rows: readonly MappedRow[],
  crmFields: CrmFields,
  { creates, requiredToCreate }: Pick<ConnectorCapabilities, "creates" | "requiredToCreate">,
  crmName: string,
): Record<string, string> {
  if (creates === null) return {};
  const fields = crmFields.get(creates) ?? [];
  const written = new Set(
    rows.filter(({ object, policy }) => object === creates && policy !== "never").map(({ property }) => property),
  );
  const missing = fields
    .filter(({ property, required, writable }) => (required && writable) || requiredToCreate.includes(property))
    .filter(({ property }) => !written.has(property))
    .map(({ label }) => `“${label}”`);
  if (missing.length === 0) return {};
  const them = missing.length === 1 ? "it, or give it" : "them, or give them";
  return {
    [`required.${creates}`]: `${crmName} requires ${listed(missing)} of every new ${creates}. Map ${them} a fixed value.`,
  };
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
