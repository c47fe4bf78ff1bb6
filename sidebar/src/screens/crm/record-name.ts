import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { valueText } from "./shown-value.ts";

/** What a person recognises the linked record by: its name, else an email or a phone; null when none of them is mapped or filled. */
export function recordName({ values }: Pick<CrmTab, "values">): string | null {
  function inCrm(wanted: string): string | null {
    for (const { field, crm } of values) if (field === wanted && valueText(crm) !== null) return valueText(crm);
    return null;
  }
  const name = [inCrm("firstName"), inCrm("lastName")].filter((part) => part !== null).join(" ");
  return name || inCrm("email") || inCrm("phone");
}
