import {
  type Column,
  choices,
  email,
  flag,
  lookup,
  memo,
  optionList,
  phone,
  picklist,
  plain,
  shadow,
  type Table,
  text,
} from "./columns.ts";

/**
 * The standard columns of contact and lead that a chat integration meets, with the lengths and options of an
 * uncustomised environment, a few custom columns, and one of each kind that must not be offered for mapping.
 * (Dataverse table reference: contact, lead, annotation.)
 */
export function standardTables(): readonly Table[] {
  return [contactTable(), leadTable(), annotationTable()];
}

function contactTable(): Table {
  return {
    name: "contact",
    setName: "contacts",
    idColumn: "contactid",
    typeCode: 2,
    label: "Contact",
    columns: [
      ...rowColumns("contactid", "Contact"),
      ...personColumns(),
      phone("mobilephone", "Mobile Phone"),
      text("pager", "Pager", 50),
      phone("business2", "Business Phone 2"),
      phone("home2", "Home Phone 2"),
      phone("company", "Company Phone"),
      phone("assistantphone", "Assistant Phone"),
      plain("birthdate", "DateTime", "Birthday", { format: "DateOnly" }),
      plain("numberofchildren", "Integer", "No. of Children"),
      plain("creditlimit", "Money", "Credit Limit"),
      picklist("gendercode", "Gender", { 1: "Male", 2: "Female" }),
      shadow("gendercode"),
      picklist("familystatuscode", "Marital Status", { 1: "Single", 2: "Married", 3: "Divorced", 4: "Widowed" }),
      text("new_loyaltynumber", "Loyalty number", 20, { custom: true }),
      choices("new_interests", "Interests", { 1: "Lamps", 2: "Chairs", 3: "Tables" }),
      plain("new_lifetimevalue", "Money", "Lifetime value", { custom: true, sourceType: 2, readOnly: true }),
      plain("statecode", "State", "Status", { options: optionList({ 0: "Active", 1: "Inactive" }) }),
      plain("statuscode", "Status", "Status Reason", {
        options: [
          { value: 1, label: "Active", state: 0 },
          { value: 2, label: "Inactive", state: 1 },
        ],
      }),
      lookup("parentcustomerid", "Company Name", ["account", "contact"]),
      lookup("originatingleadid", "Originating Lead", ["lead"]),
      lookup("masterid", "Master ID", ["contact"], { readOnly: true }),
    ],
  };
}

function leadTable(): Table {
  return {
    name: "lead",
    setName: "leads",
    idColumn: "leadid",
    typeCode: 4,
    label: "Lead",
    columns: [
      ...rowColumns("leadid", "Lead"),
      text("subject", "Topic", 300, { required: "ApplicationRequired" }),
      ...personColumns(),
      phone("mobilephone", "Mobile Phone", 20),
      text("pager", "Pager", 20),
      text("companyname", "Company Name", 100),
      plain("numberofemployees", "Integer", "No. of Employees"),
      plain("revenue", "Money", "Annual Revenue"),
      picklist("leadsourcecode", "Lead Source", LEAD_SOURCES),
      shadow("leadsourcecode"),
      picklist("leadqualitycode", "Rating", { 1: "Hot", 2: "Warm", 3: "Cold" }),
      plain("estimatedclosedate", "DateTime", "Est. Close Date", { format: "DateOnly" }),
      text("new_chatpage", "Chat page", 200, { custom: true, format: "Url" }),
      plain("new_leadscore", "Integer", "Lead score", { custom: true, sourceType: 1, readOnly: true }),
      plain("statecode", "State", "Status", {
        options: optionList({ 0: "Open", 1: "Qualified", 2: "Disqualified" }),
      }),
      plain("statuscode", "Status", "Status Reason", { options: LEAD_STATUS_REASONS }),
      lookup("parentcontactid", "Parent Contact for lead", ["contact"]),
      lookup("parentaccountid", "Parent Account for lead", ["account"]),
      lookup("masterid", "Master ID", ["lead"], { readOnly: true }),
    ],
  };
}

function annotationTable(): Table {
  return {
    name: "annotation",
    setName: "annotations",
    idColumn: "annotationid",
    typeCode: 5,
    label: "Note",
    columns: [
      ...rowColumns("annotationid", "Note"),
      text("subject", "Title", 500),
      memo("notetext", "Description", 100_000),
      flag("isdocument", "Is Document"),
      lookup("objectid", "Regarding", ["contact", "lead"], { createOnly: true }),
    ],
  };
}

function rowColumns(idColumn: string, label: string): Column[] {
  return [
    plain(idColumn, "Uniqueidentifier", label, { required: "SystemRequired", createOnly: true }),
    plain("createdon", "DateTime", "Created On", { format: "DateAndTime", readOnly: true }),
    plain("modifiedon", "DateTime", "Modified On", { format: "DateAndTime", readOnly: true }),
    plain("versionnumber", "BigInt", "Version Number", { readOnly: true }),
  ];
}

function personColumns(): Column[] {
  return [
    text("firstname", "First Name", 50, { required: "Recommended" }),
    text("middlename", "Middle Name", 50),
    text("lastname", "Last Name", 50, { required: "ApplicationRequired" }),
    text("fullname", "Full Name", 160, { readOnly: true }),
    text("salutation", "Salutation", 100),
    text("jobtitle", "Job Title", 100),
    email("emailaddress1", "Email"),
    email("emailaddress2", "Email Address 2"),
    email("emailaddress3", "Email Address 3"),
    phone("telephone1", "Business Phone"),
    phone("telephone2", "Home Phone"),
    phone("telephone3", "Telephone 3"),
    text("fax", "Fax", 50),
    text("websiteurl", "Website", 200, { format: "Url" }),
    memo("description", "Description", 2000),
    text("address1_line1", "Address 1: Street 1", 250),
    text("address1_city", "Address 1: City", 80),
    text("address1_stateorprovince", "Address 1: State/Province", 50),
    text("address1_postalcode", "Address 1: ZIP/Postal Code", 20),
    text("address1_country", "Address 1: Country/Region", 80),
    picklist("preferredcontactmethodcode", "Preferred Method of Contact", {
      1: "Any",
      2: "Email",
      3: "Phone",
      4: "Fax",
      5: "Mail",
    }),
    flag("donotemail", "Do not allow Emails"),
    flag("donotphone", "Do not allow Phone Calls"),
    flag("donotbulkemail", "Do not allow Bulk Emails"),
    flag("merged", "Merged", { readOnly: true }),
  ];
}

const LEAD_SOURCES = {
  1: "Advertisement",
  2: "Employee Referral",
  3: "External Referral",
  4: "Partner",
  5: "Public Relations",
  6: "Seminar",
  7: "Trade Show",
  8: "Web",
  9: "Word of Mouth",
  10: "Other",
};

const LEAD_STATUS_REASONS = [
  { value: 1, label: "New", state: 0 },
  { value: 2, label: "Contacted", state: 0 },
  { value: 3, label: "Qualified", state: 1 },
  { value: 4, label: "Lost", state: 2 },
  { value: 5, label: "Cannot Contact", state: 2 },
  { value: 6, label: "No Longer Interested", state: 2 },
  { value: 7, label: "Canceled", state: 2 },
];
