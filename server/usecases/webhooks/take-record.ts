import type { Tx } from "../../db/client.ts";
import { type ConflictRow, updateConflict } from "../../db/queries/conflict.ts";
import { type CrmLinkRow, listOpenConflicts, updateLink } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { countriesOf } from "../conflicts/countries.ts";
import { tellConflictSettled } from "../outgoing/tell-of-conflict.ts";
import { comparisonOf } from "../sync/plan-run.ts";

export interface Taken {
  /** Whether the record holds anything we did not know. */
  readonly changed: boolean;
  readonly conflicts: readonly ConflictRow[];
}

/**
 * Takes what a record holds now: what the link shows, and its pending conflicts. One whose CRM value has moved is stale and
 * shows the new one; one whose values have become equal closes by itself. What we knew, our own writes for instance,
 * changes nothing.
 */
export async function takeRecord(
  tx: Tx,
  deps: Deps,
  { properties }: { readonly properties: readonly string[] },
  link: CrmLinkRow,
  record: CrmRecord,
): Promise<Taken> {
  const seen = Object.fromEntries(properties.map((property) => [property, shownValue(record.values[property])]));
  const isNew = Object.entries(seen).some(([property, value]) => !isSame(value, link.seen[property] ?? null));
  const { conflicts, agreed } = await takeConflicts(tx, deps, link, record);
  if (isNew || conflicts.length > 0) await updateLink(tx, link.id, { seen, base: { ...link.base, ...agreed } });
  return { changed: isNew || conflicts.length > 0, conflicts };
}

async function takeConflicts(tx: Tx, deps: Deps, link: CrmLinkRow, record: CrmRecord) {
  const open = (await listOpenConflicts(tx, link.id)).filter(
    ({ status, property }) => status === "pending" && property in record.values,
  );
  const countries = await countriesOf(tx, open);
  const agreed: Record<string, ConflictRow["crmValue"]> = {};
  const conflicts: ConflictRow[] = [];
  for (const row of open) {
    const comparison = comparisonOf(row.field, countries.get(row.id) ?? [], row.chatValue);
    const crmValue = shownValue(record.values[row.property]);
    const now = normalForm(crmValue, comparison);
    if (now === normalForm(row.chatValue, comparison)) {
      agreed[row.property] = crmValue;
      await updateConflict(tx, row.id, { status: "closed_equal", crmValue });
      await tellConflictSettled(tx, deps, row.id);
      conflicts.push(row);
    } else if (now !== normalForm(row.crmValue, comparison)) {
      await updateConflict(tx, row.id, { crmValue, staleSince: deps.now(), problem: null });
      conflicts.push(row);
    }
  }
  return { conflicts, agreed };
}

function isSame(one: ConflictRow["crmValue"], other: ConflictRow["crmValue"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
