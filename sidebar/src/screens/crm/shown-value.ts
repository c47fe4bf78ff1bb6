import type { ShownValue } from "@rolodesk/shared/sync-run";
import { ATTRIBUTE_PREFIX } from "@rolodesk/shared/vocabulary";

/** A value in words; null when there is nothing to show. */
export function valueText(value: ShownValue): string | null {
  if (value === null || value === "") return null;
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  return String(value);
}

export function sameValue(a: ShownValue, b: ShownValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two values read the same to a person: a phone in another spelling and an email in other case do. */
export function readsSame(field: string, a: ShownValue, b: ShownValue): boolean {
  if (typeof a !== "string" || typeof b !== "string") return sameValue(a, b);
  if (field === "email") return a.toLowerCase() === b.toLowerCase();
  if (field === "phone") return dialled(a) === dialled(b);
  return a === b;
}

function dialled(phone: string): string {
  return phone.replace(/[\s().-]/g, "");
}

const FIELD_LABELS: Readonly<Record<string, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  title: "Title",
  fullName: "Full name",
  fixed: "Fixed value",
  pageUrl: "Page address",
  pageTitle: "Page title",
  referrer: "Referrer",
  utmSource: "UTM source",
  utmMedium: "UTM medium",
  utmCampaign: "UTM campaign",
  firstMessage: "First message",
  transcriptStart: "Beginning of the chat",
  agentName: "Agent",
  endedAt: "End of the chat",
};

export function fieldLabel(field: string): string {
  if (field.startsWith(ATTRIBUTE_PREFIX)) return `Attribute ${field.slice(ATTRIBUTE_PREFIX.length)}`;
  return FIELD_LABELS[field] ?? field;
}
