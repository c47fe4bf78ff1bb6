import { isTextList } from "./contact-body.ts";
import type { ContactChanges } from "./contact-book.ts";
import { type ChannelDnd, type CustomFieldValue, type StoredContact, TEXT_FIELDS, type TextField } from "./state.ts";

/** What a person types in the CRM's own screens, where no whitelist stands in the way. Throws for a field that is not there. */
export function typedChanges(typed: Readonly<Record<string, unknown>>): ContactChanges {
  const values: Partial<Record<TextField, string | null>> = {};
  let changes: ContactChanges = {};
  for (const [name, value] of Object.entries(typed)) {
    if (isTextField(name)) values[name] = value === null || value === undefined ? null : String(value);
    else changes = { ...changes, ...typedExtra(name, value) };
  }
  return { ...changes, values };
}

function typedExtra(name: string, value: unknown): ContactChanges {
  switch (name) {
    case "tags":
    case "additionalEmails":
    case "additionalPhones":
      if (isTextList(value)) return { [name]: value };
      break;
    case "dnd":
      if (typeof value === "boolean") return { dnd: value };
      break;
    case "dndSettings":
    case "inboundDndSettings":
      return { [name]: value as Record<string, ChannelDnd> };
    case "customFields":
      return { customFields: value as CustomFieldValue[] };
  }
  throw new Error(`HighLevel has no field ${name} that holds ${JSON.stringify(value)}.`);
}

function isTextField(name: string): name is TextField {
  return TEXT_FIELDS.some((field) => field === name);
}

/** A contact as the records page shows it: one line per field that holds something. */
export function shownValues(contact: StoredContact): Record<string, unknown> {
  const { values, tags, dnd, dndSettings, customFields, additionalEmails, additionalPhones } = contact;
  return {
    ...values,
    ...(tags.length > 0 && { tags }),
    ...(dnd !== undefined && { dnd }),
    ...(dndSettings && { dndSettings }),
    ...(customFields.length > 0 && { customFields }),
    ...(additionalEmails.length > 0 && { additionalEmails }),
    ...(additionalPhones.length > 0 && { additionalPhones }),
  };
}
