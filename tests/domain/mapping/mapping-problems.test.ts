import type { MappingInput } from "@rolodesk/shared/connection";
import { expect, it } from "vitest";
import type { FieldDescription } from "../../../server/domain/connector.ts";
import { mappingProblems } from "../../../server/domain/mapping/mapping-problems.ts";
import { described } from "./fields.ts";

type Row = MappingInput["fields"][number];

const OPTIONS: Partial<FieldDescription> = { type: "option", options: [{ value: "1", label: "Free" }] };

it.each<
  [guarantee: string, row: Partial<Row>, field: Partial<FieldDescription>, part: string | null, problem?: string]
>([
  ["a core field to a text", { field: "company" }, {}, null],
  ["an attribute", { field: "attribute:plan" }, {}, null],
  ["a fact of the conversation", { field: "utmSource" }, {}, null],
  ["a field nobody has", { field: "shoe size" }, {}, "field", "no such field"],
  ["an attribute without a name", { field: "attribute:" }, {}, "field", "no such field"],
  ["a property the CRM has not", { property: "gone" }, {}, "property", "no field gone"],
  ["a read-only property", {}, { writable: false }, "property", "read-only"],
  ["a read-only property that is only shown", { policy: "never" }, { writable: false }, null],
  ["a fixed value", { field: "fixed", transform: { kind: "fixed", value: "Chat" } }, {}, null],
  ["a fixed value that is missing", { field: "fixed" }, {}, "field", "Write the fixed value"],
  ["a fixed value beside a field", { transform: { kind: "fixed", value: "x" } }, {}, "field", "takes the place"],
  [
    "a fixed value that is too long",
    { field: "fixed", transform: { kind: "fixed", value: "Chat" } },
    { maxLength: 3 },
    "transform",
    "at most 3",
  ],
  [
    "a fixed value that is no option",
    { field: "fixed", transform: { kind: "fixed", value: "Pro" } },
    OPTIONS,
    "transform",
    "not one of the options",
  ],
  ["a fixed option by its label", { field: "fixed", transform: { kind: "fixed", value: "Free" } }, OPTIONS, null],
  ["values mapped to options", { transform: { kind: "options", map: { a: "1" } } }, OPTIONS, null],
  [
    "values mapped to no option",
    { transform: { kind: "options", map: { a: "2" } } },
    OPTIONS,
    "transform",
    "not one of the options",
  ],
  ["a name to a date", { field: "company" }, { type: "date" }, "transform", "takes only dates"],
  ["the end of the chat to a date", { field: "endedAt" }, { type: "date" }, null],
  [
    "a written-out date to a date",
    { field: "endedAt", transform: { kind: "date", to: "day_month_year" } },
    { type: "date" },
    "transform",
    "written like this",
  ],
])("saving %s", (_, row, field, part, problem = "") => {
  const whole: Row = { field: "company", object: "contact", property: "plan", policy: "fill_blank", ...row };
  const problems = mappingProblems([whole], new Map([["contact", [described(field)]]]), "HubSpot");
  expect(problems).toEqual(part ? { [`fields.0.${part}`]: expect.stringContaining(problem) } : {});
});

it("two rows may not write one field", () => {
  const row: Row = { field: "company", object: "contact", property: "plan", policy: "fill_blank" };
  const problems = mappingProblems([row, { ...row, field: "title" }], new Map([["contact", [described()]]]), "HubSpot");
  expect(problems).toEqual({ "fields.1.property": "Another row is mapped to this field already." });
});
