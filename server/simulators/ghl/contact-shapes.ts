import { type ChannelDnd, type StoredContact, TEXT_FIELDS } from "./state.ts";

/**
 * One contact has three shapes: GET leaves empty values out, create adds delivery fields, and a search row says null
 * instead and uses other names. None of them carries `name`.
 */
export function toContact(contact: StoredContact, locationId: string): Record<string, unknown> {
  const { values } = contact;
  const shown: Record<string, unknown> = {
    id: contact.id,
    dateAdded: contact.dateAdded,
    type: "lead",
    locationId,
  };
  for (const name of TEXT_FIELDS) {
    if (values[name] !== undefined) shown[name] = name === "dateOfBirth" ? midnightOf(values[name]) : values[name];
    if ((name === "firstName" || name === "lastName") && values[name]) {
      shown[`${name}LowerCase`] = values[name].toLowerCase();
    }
  }
  const fullName = fullNameOf(contact);
  if (fullName !== "") shown.fullNameLowerCase = fullName.toLowerCase();
  if (values.email) shown.emailLowerCase = values.email.toLowerCase();
  if (contact.dnd !== undefined) shown.dnd = contact.dnd;
  if (contact.dndSettings) shown.dndSettings = contact.dndSettings;
  if (contact.inboundDndSettings) shown.inboundDndSettings = contact.inboundDndSettings;
  return {
    ...shown,
    createdBy: { source: contact.source, channel: contact.source === "INTEGRATION" ? "OAUTH" : "APP" },
    tags: contact.tags,
    dateUpdated: contact.dateUpdated,
    customFields: contact.customFields,
    additionalEmails: contact.additionalEmails.map((email) => ({ email })),
    additionalPhones: contact.additionalPhones.map((phone) => ({ phone })),
  };
}

/** The answer to a write; its `dateUpdated` is some ms before the one that is stored. */
export function toWrittenContact(contact: StoredContact, locationId: string, dateUpdated: string) {
  return { ...toContact(contact, locationId), dateUpdated };
}

export function toCreatedContact(contact: StoredContact, locationId: string, dateUpdated: string) {
  return {
    ...toWrittenContact(contact, locationId, dateUpdated),
    deleted: false,
    bounceEmail: false,
    unsubscribeEmail: false,
    lastUpdatedBy: { source: "INTEGRATION", channel: "OAUTH", timestamp: dateUpdated },
    lastSessionActivityAt: dateUpdated,
    validEmail: null,
    validEmailDate: null,
  };
}

export function toSearchRow(contact: StoredContact, locationId: string, searchAfter: readonly unknown[]) {
  const { values } = contact;
  const noChannels: Readonly<Record<string, ChannelDnd>> = {};
  return {
    id: contact.id,
    searchAfter,
    locationId,
    type: "lead",
    contactName: fullNameOf(contact).toLowerCase() || null,
    firstNameLowerCase: values.firstName?.toLowerCase() ?? null,
    lastNameLowerCase: values.lastName?.toLowerCase() ?? null,
    firstName: values.firstName ?? null,
    lastName: values.lastName ?? null,
    email: values.email ?? null,
    phone: values.phone ?? null,
    phoneLabel: null,
    companyName: values.companyName ?? null,
    businessName: null,
    address: values.address1 ?? null,
    city: values.city ?? null,
    state: values.state ?? null,
    postalCode: values.postalCode ?? null,
    country: values.country ?? null,
    website: values.website ?? null,
    timezone: values.timezone ?? null,
    dateOfBirth: values.dateOfBirth ? midnightOf(values.dateOfBirth) : null,
    source: values.source ?? null,
    assignedTo: values.assignedTo ?? null,
    dnd: contact.dnd ?? false,
    dndSettings: contact.dndSettings ?? noChannels,
    inboundDndSettings: contact.inboundDndSettings ?? noChannels,
    tags: contact.tags,
    customFields: contact.customFields,
    additionalEmails: contact.additionalEmails.map((email) => ({ email })),
    additionalPhones: contact.additionalPhones.map((phone) => ({ phone })),
    followers: [],
    opportunities: [],
    attributionSource: {},
    validEmail: null,
    dateAdded: contact.dateAdded,
    dateUpdated: contact.dateUpdated,
  };
}

/** Written as a day, read back as its midnight: `2000-01-05T00:00:00.000Z`. (HighLevel, webhook ContactCreate.) */
function midnightOf(day: string): string {
  const at = new Date(day);
  return Number.isNaN(at.getTime()) ? day : at.toISOString();
}

export function fullNameOf({ values }: StoredContact): string {
  return [values.firstName, values.lastName].filter(Boolean).join(" ");
}
