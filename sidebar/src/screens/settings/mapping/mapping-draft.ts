import type { FieldMapping, Mapping } from "@rolodesk/shared/connection";
import { ATTRIBUTE_PREFIX } from "@rolodesk/shared/vocabulary";

/** A row of the editor. `key` stays the same while the row is edited. */
export interface MappingRow extends FieldMapping {
  key: number;
}

let nextKey = 1;

export function newRow(object: string): MappingRow {
  nextKey += 1;
  return { key: nextKey, field: "", object, property: "", policy: "fill_blank", transform: { kind: "none" } };
}

/** A suggested row, as it goes into the editor. */
export function rowOf(field: FieldMapping): MappingRow {
  return { ...newRow(field.object), ...field };
}

export function isComplete({ field, property, transform }: MappingRow): boolean {
  if (field === "" || field === ATTRIBUTE_PREFIX || property === "") return false;
  if (transform.kind === "fixed") return transform.value.trim() !== "";
  return transform.kind !== "options" || Object.keys(transform.map).length > 0;
}

export function rowsOf(mapping: Mapping): MappingRow[] {
  return mapping.fields.map(rowOf);
}

export function mappingOf(rows: readonly MappingRow[]): Mapping {
  return { fields: rows.map(({ key: _key, ...row }) => row) };
}

export interface RowErrors {
  field?: string;
  property?: string;
  policy?: string;
  transform?: string;
}

const PARTS = ["field", "policy", "transform"] as const;

/** The server names a row by its place in what was sent, `fields.3.property`; here it is found by the row's key. */
export function errorsByRow(
  fields: Readonly<Record<string, string>>,
  sent: readonly MappingRow[],
): ReadonlyMap<number, RowErrors> {
  const errors = new Map<number, RowErrors>();
  for (const [path, problem] of Object.entries(fields)) {
    const parts = /^fields\.(\d+)(?:\.(\w+))?$/.exec(path);
    const row = parts && sent[Number(parts[1])];
    if (!row) continue;
    const part = PARTS.find((known) => known === parts[2]) ?? "property";
    errors.set(row.key, { ...errors.get(row.key), [part]: problem });
  }
  return errors;
}

/** What is not chosen yet, said before anything is sent. */
export function missingByRow(rows: readonly MappingRow[]): ReadonlyMap<number, RowErrors> {
  const missing = new Map<number, RowErrors>();
  for (const { key, field, property, transform } of rows) {
    if (field === ATTRIBUTE_PREFIX) missing.set(key, { field: "Name the attribute, as the website sets it." });
    else if (field === "") missing.set(key, { field: "Choose one of our fields, or remove the row." });
    else if (transform.kind === "fixed" && transform.value.trim() === "")
      missing.set(key, { transform: "Write the value." });
    else if (transform.kind === "options" && Object.keys(transform.map).length === 0)
      missing.set(key, { transform: "Name at least one value, such as pro = Professional." });
    else if (property === "") missing.set(key, { property: "Choose a property of the CRM, or remove the row." });
  }
  return missing;
}
