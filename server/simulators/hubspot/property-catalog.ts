import type { HubSpotState, PropertyDefinition, PropertyOption } from "./state.ts";

type Row = readonly [name: string, label: string, type: string, fieldType: string, more?: Partial<PropertyDefinition>];

const READ_ONLY = { readOnlyValue: true } as const;
const CALCULATED = { readOnlyValue: true, calculated: true, hidden: true } as const;

const ROWS: readonly Row[] = [
  ["firstname", "First Name", "string", "text"],
  ["lastname", "Last Name", "string", "text"],
  ["email", "Email", "string", "text"],
  ["phone", "Phone Number", "string", "phonenumber"],
  ["mobilephone", "Mobile Phone Number", "string", "phonenumber"],
  ["company", "Company Name", "string", "text"],
  ["jobtitle", "Job Title", "string", "text"],
  ["website", "Website URL", "string", "text"],
  ["address", "Street Address", "string", "text"],
  ["city", "City", "string", "text"],
  ["zip", "Postal Code", "string", "text"],
  ["country", "Country/Region", "string", "text"],
  ["message", "Message", "string", "textarea"],
  ["annualrevenue", "Annual Revenue", "number", "number"],
  ["closedate", "Close Date", "datetime", "date"],
  ["hs_lead_status", "Lead Status", "enumeration", "radio", { options: optionsOf("New", "Open", "In Progress") }],
  ["lifecyclestage", "Lifecycle Stage", "enumeration", "radio", { options: optionsOf("Lead", "Customer", "Other") }],
  ["hubspot_owner_id", "Contact owner", "enumeration", "select", { externalOptions: true }],
  ["hs_email_optout", "Unsubscribed from all email", "bool", "booleancheckbox", READ_ONLY],
  ["createdate", "Create Date", "datetime", "date", READ_ONLY],
  ["lastmodifieddate", "Last Modified Date", "datetime", "date", READ_ONLY],
  ["hs_lastmodifieddate", "Object last modified date/time", "datetime", "date", READ_ONLY],
  ["hs_object_id", "Record ID", "number", "number", READ_ONLY],
  ["hs_additional_emails", "Additional email addresses", "enumeration", "checkbox", { ...READ_ONLY, hidden: true }],
  ["hs_merged_object_ids", "Merged record IDs", "enumeration", "checkbox", READ_ONLY],
  ["hs_calculated_merged_vids", "Merged vids with timestamps", "string", "calculation_equation", CALCULATED],
  ["hs_calculated_phone_number", "Calculated Phone Number", "string", "calculation_equation", CALCULATED],
  ["hs_calculated_phone_number_country_code", "Country code", "string", "calculation_equation", CALCULATED],
  ["hs_calculated_mobile_number", "Calculated Mobile Number", "string", "calculation_equation", CALCULATED],
  ["hs_searchable_calculated_phone_number", "Searchable phone", "string", "calculation_equation", CALCULATED],
  ["hs_searchable_calculated_mobile_number", "Searchable mobile", "string", "calculation_equation", CALCULATED],
  ["hs_email_domain", "Email Domain", "string", "calculation_equation", CALCULATED],
];

const BUILT_IN: ReadonlyMap<string, PropertyDefinition> = new Map(
  ROWS.map(([name, label, type, fieldType, more]) => [
    name,
    { ...plainProperty(name, label, type, fieldType), hubspotDefined: true, ...more },
  ]),
);

export function plainProperty(name: string, label: string, type: string, fieldType: string): PropertyDefinition {
  return {
    name,
    label,
    type,
    fieldType,
    groupName: "contactinformation",
    description: "",
    options: [],
    hidden: false,
    calculated: false,
    externalOptions: false,
    hasUniqueValue: name === "email",
    hubspotDefined: false,
    archived: false,
    dataSensitivity: "non_sensitive",
    readOnlyValue: false,
  };
}

function optionsOf(...labels: readonly string[]): PropertyOption[] {
  return labels.map((label, displayOrder) => ({
    label,
    value: label.toLowerCase().replaceAll(" ", "_"),
    hidden: false,
    displayOrder,
  }));
}

export function findProperty(state: HubSpotState, name: string): PropertyDefinition | undefined {
  const custom = Object.hasOwn(state.customProperties, name) ? state.customProperties[name] : undefined;
  return custom ?? BUILT_IN.get(name);
}

export function listProperties(state: HubSpotState): PropertyDefinition[] {
  return [...BUILT_IN.values(), ...Object.values(state.customProperties)];
}

/** As the properties API shows it. */
export function propertyToWire({ readOnlyValue, ...property }: PropertyDefinition) {
  return {
    ...property,
    displayOrder: -1,
    formField: !readOnlyValue,
    modificationMetadata: {
      archivable: !property.hubspotDefined,
      readOnlyDefinition: property.hubspotDefined,
      readOnlyOptions: property.externalOptions,
      readOnlyValue,
    },
  };
}
