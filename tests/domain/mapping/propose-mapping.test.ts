import { ATTRIBUTE_PREFIX, CONVERSATION_SOURCES, CORE_FIELDS, FULL_NAME_SOURCE } from "@rolodesk/shared/vocabulary";
import { describe, expect, it } from "vitest";
import type { FieldDescription } from "../../../server/domain/connector.ts";
import { proposeMapping } from "../../../server/domain/mapping/propose-mapping.ts";
import { described } from "./fields.ts";

const OURS = [...CORE_FIELDS, ...CONVERSATION_SOURCES, FULL_NAME_SOURCE];

type Field = readonly [property: string, label: string, about?: Partial<FieldDescription>];

function fieldsOf(rows: readonly Field[], custom = false): FieldDescription[] {
  return rows.map(([property, label, about]) => described({ property, label, custom, ...about }));
}

const PHONE = { type: "phone" } as const;
const EMAIL = { type: "email" } as const;
const HUBSPOT = fieldsOf([
  ["firstname", "First Name"],
  ["lastname", "Last Name"],
  ["email", "Email", EMAIL],
  ["phone", "Phone Number", PHONE],
  ["mobilephone", "Mobile Phone Number", PHONE],
  ["company", "Company Name"],
  ["jobtitle", "Job Title"],
  ["website", "Website URL"],
  ["message", "Message", { maxLength: 65_536 }],
  ["hs_analytics_first_referrer", "First Referring Site", { writable: false }],
  ["lifecyclestage", "Lifecycle Stage", { type: "option" }],
]);
const DYNAMICS = fieldsOf([
  ["firstname", "First Name"],
  ["lastname", "Last Name"],
  ["fullname", "Full Name", { writable: false }],
  ["emailaddress1", "Email", EMAIL],
  ["emailaddress2", "Email Address 2", EMAIL],
  ["telephone1", "Business Phone", PHONE],
  ["mobilephone", "Mobile Phone", PHONE],
  ["company", "Company Phone"],
  ["companyname", "Company Name", { maxLength: 100 }],
  ["jobtitle", "Job Title", { maxLength: 100 }],
  ["description", "Description", { maxLength: 2000 }],
  ["new_utm_source", "Quelle", { custom: true }],
]);
const GHL = [
  ...fieldsOf([
    ["firstName", "First name"],
    ["lastName", "Last name"],
    ["email", "Email", EMAIL],
    ["phone", "Phone", PHONE],
    ["companyName", "Business name"],
    ["source", "Contact source"],
    ["timezone", "Time zone"],
  ]),
  ...fieldsOf(
    [
      ["customField:a1", "Job position"],
      ["customField:b2", "UTM Campaign"],
      ["customField:c3", "Last chat date", { type: "date" }],
      ["customField:d4", "Chat transcript"],
    ],
    true,
  ),
];
const BIGCOMMERCE = [
  ...fieldsOf([
    ["first_name", "First name", { maxLength: 100 }],
    ["last_name", "Last name", { maxLength: 100 }],
    ["email", "Email", EMAIL],
    ["phone", "Phone", PHONE],
    ["company", "Company"],
    ["notes", "Notes"],
  ]),
  ...fieldsOf([["attribute:7", "Landing page"]], true),
];

describe("the fields of", () => {
  it.each<[crm: string, fields: readonly FieldDescription[], proposed: Record<string, string>]>([
    [
      "HubSpot",
      HUBSPOT,
      {
        ...{ firstName: "firstname", lastName: "lastname", email: "email", phone: "phone" },
        ...{ company: "company", title: "jobtitle", firstMessage: "message" },
      },
    ],
    [
      "Dynamics 365",
      DYNAMICS,
      {
        ...{ firstName: "firstname", lastName: "lastname", email: "emailaddress1", phone: "telephone1" },
        ...{ company: "companyname", title: "jobtitle", utmSource: "new_utm_source", transcriptStart: "description" },
      },
    ],
    [
      "HighLevel",
      GHL,
      {
        ...{ firstName: "firstName", lastName: "lastName", email: "email", phone: "phone", company: "companyName" },
        ...{ title: "customField:a1", utmCampaign: "customField:b2", endedAt: "customField:c3" },
        transcriptStart: "customField:d4",
      },
    ],
    [
      "BigCommerce",
      BIGCOMMERCE,
      {
        ...{ firstName: "first_name", lastName: "last_name", email: "email", phone: "phone", company: "company" },
        pageUrl: "attribute:7",
      },
    ],
  ])("%s are proposed by their names, labels and types", (_, fields, proposed) => {
    const found = proposeMapping(fields, OURS).map(({ field, property }) => [field, property]);
    expect(Object.fromEntries(found)).toEqual(proposed);
  });
});

describe("a proposal", () => {
  it.each<[label: string, source: string]>([
    ["E-Mail-Adresse", "email"],
    ["EMAIL ADDRESS", "email"],
    ["Given name", "firstName"],
    ["Prénom", "firstName"],
    ["Nachname", "lastName"],
    ["Téléphone", "phone"],
    ["Organisation", "company"],
    ["Société", "company"],
    ["job_title", "title"],
    ["JobTitle", "title"],
    ["Landing Page URL", "pageUrl"],
    ["HTTP referrer", "referrer"],
    ["utm-medium", "utmMedium"],
    ["Chat agent", "agentName"],
    ["Full name", "fullName"],
  ])("finds “%s” for %s", (label, source) => {
    const fields = [described({ property: "customField:x", label })];
    expect(proposeMapping(fields, [source])).toEqual([{ field: source, property: "customField:x", by: "label" }]);
  });

  it("finds an attribute by its own name, behind a publisher's prefix too", () => {
    const fields = [
      described({ property: "cr4f2_plan_tier", label: "Tarif" }),
      described({ property: "x", label: "Plan" }),
    ];
    expect(proposeMapping(fields, [`${ATTRIBUTE_PREFIX}planTier`, `${ATTRIBUTE_PREFIX}plan`])).toEqual([
      { field: "attribute:planTier", property: "cr4f2_plan_tier", by: "name" },
      { field: "attribute:plan", property: "x", by: "label" },
    ]);
  });

  it.each<[guarantee: string, source: string, about: Partial<FieldDescription>]>([
    ["a read-only field", "company", { label: "Company", writable: false }],
    ["a number for a text", "company", { label: "Company", type: "number" }],
    ["a company's telephone for its name", "company", { property: "company", label: "Company Phone" }],
    ["a short field for a message", "firstMessage", { label: "Message", maxLength: 100 }],
    ["a text for a date", "endedAt", { label: "Last chat" }],
    ["a telephone for an email", "email", { label: "Email", type: "phone" }],
  ])("is never %s", (_, source, about) => {
    expect(proposeMapping([described(about)], [source])).toEqual([]);
  });

  it("names no field twice", () => {
    const fields = [described({ property: "utm_source", label: "UTM source" })];
    expect(proposeMapping(fields, ["utmSource", `${ATTRIBUTE_PREFIX}utm_source`])).toHaveLength(1);
  });
});
