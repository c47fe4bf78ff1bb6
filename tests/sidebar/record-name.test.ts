import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { expect, test } from "vitest";
import { recordName } from "../../sidebar/src/screens/crm/record-name.ts";

function values(crm: Readonly<Record<string, string | null>>): Pick<CrmTab, "values"> {
  return {
    values: Object.entries(crm).map(([field, value]) => ({
      field,
      label: field,
      property: field,
      crm: value,
      ours: "Ours",
    })),
  };
}

test.each([
  ["its name", { firstName: "Anna", lastName: "Ruiz", email: "ana@example.com" }, "Anna Ruiz"],
  ["half a name", { firstName: "", lastName: "Ruiz", email: "ana@example.com" }, "Ruiz"],
  [
    "its email, without a name",
    { firstName: null, email: "ana@example.com", phone: "+12025550147" },
    "ana@example.com",
  ],
  ["its phone, without either", { email: null, phone: "+12025550147" }, "+12025550147"],
])("a linked record is called by %s", (_, crm, name) => {
  expect(recordName(values(crm))).toBe(name);
});

test("a record of which the CRM says nothing has no name, whatever we know", () => {
  expect(recordName(values({ firstName: null, email: "" }))).toBeNull();
});
