import { expect, it } from "vitest";
import { missingToCreate } from "../../../server/domain/mapping/missing-to-create.ts";
import { described } from "./fields.ts";

const FIELDS = new Map([
  [
    "lead",
    [
      described({ property: "lastname", label: "Last Name", required: true }),
      described({ property: "topic", label: "Topic", required: true }),
      described({ property: "ownerid", label: "Owner", required: true, writable: false }),
      described(),
    ],
  ],
]);
const CREATES = { creates: "lead", requiredToCreate: [] };

function mapped(...properties: string[]) {
  return properties.map((property) => ({ object: "lead", property, policy: "fill_blank" as const }));
}

it("everything a new record needs has to be written by some row", () => {
  expect(missingToCreate(mapped("lastname", "topic"), FIELDS, CREATES, "Dynamics 365")).toEqual({});
  expect(missingToCreate(mapped("topic"), FIELDS, CREATES, "Dynamics 365")).toEqual({
    "required.lead": "Dynamics 365 requires “Last Name” of every new lead. Map it, or give it a fixed value.",
  });
  expect(missingToCreate([], FIELDS, CREATES, "Dynamics 365")).toEqual({
    "required.lead":
      "Dynamics 365 requires “Last Name” and “Topic” of every new lead. Map them, or give them a fixed value.",
  });
});

it("a row that never writes, or writes to another object, does not count", () => {
  const rows = [
    { object: "contact", property: "lastname", policy: "fill_blank" as const },
    { object: "lead", property: "topic", policy: "never" as const },
  ];
  expect(missingToCreate(rows, FIELDS, CREATES, "CRM")["required.lead"]).toContain("“Last Name” and “Topic”");
});

it("what the connection itself requires counts like the CRM's own words", () => {
  const connection = { creates: "lead", requiredToCreate: ["plan"] };
  const problems = missingToCreate(mapped("lastname", "topic"), FIELDS, connection, "CRM");
  expect(problems["required.lead"]).toContain("requires “Plan” of every new lead");
});

it("nothing is needed where nobody is created", () => {
  expect(missingToCreate([], FIELDS, { creates: null, requiredToCreate: ["plan"] }, "CRM")).toEqual({});
});
