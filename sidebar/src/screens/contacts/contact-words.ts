import type { ContactDetail } from "@rolodesk/shared/contact";
import type { ContactChannel, ContactSource } from "@rolodesk/shared/vocabulary";

export const SOURCE_WORDS: Readonly<Record<ContactSource, string>> = {
  chat: "Chat",
  crm: "CRM",
  file: "File",
  agent: "By hand",
  call: "Telephone call",
};

export const CHANNEL_LABELS: Readonly<Record<ContactChannel, string>> = {
  all: "Every channel",
  email: "Email",
  sms: "SMS",
  call: "Calls",
  whatsapp: "WhatsApp",
  other: "Other channels",
};

/** Who gave an email or a phone number. */
export const KEY_SOURCE_WORDS: Readonly<Record<ContactDetail["identities"][number]["source"], string>> = {
  visitor: "typed by the visitor",
  signed: "signed by the website",
  agent: "entered here",
  file: "from a file",
  crm: "from a CRM",
  call: "from a telephone call",
};
