import { ATTRIBUTE_PREFIX } from "@rolodesk/shared/vocabulary";

const LABELS: Readonly<Record<string, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "Email",
  phone: "Phone",
  company: "Company",
  title: "Job title",
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

/** Our fields and sources as people call them. */
export function fieldLabel(field: string): string {
  return LABELS[field] ?? (field.startsWith(ATTRIBUTE_PREFIX) ? field.slice(ATTRIBUTE_PREFIX.length) : field);
}
