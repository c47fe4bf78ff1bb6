import type { ImportRow } from "@rolodesk/shared/import-batch";
import { expect, test } from "vitest";
import { faultsByField, notesOfRow, targetOptions } from "../../sidebar/src/screens/imports/file-words.ts";

test.each([
  ["__proto__", "attribute:proto"],
  ["Größe (cm)", "attribute:gro_e_cm"],
  ["2nd number", "attribute:nd_number"],
  [" _ ", undefined],
])("a column named %s can become the field %s", (header, field) => {
  const own = targetOptions(header, null).find(({ value }) => value.startsWith("attribute:"));
  expect(own?.value).toBe(field);
});

function invalidRow(status: ImportRow["status"]): ImportRow {
  return {
    line: 1,
    cells: { email: "not-an-email" },
    class: "invalid",
    status,
    notes: [
      { field: "email", words: "This is not an email address." },
      { field: null, words: "There is neither an email nor a phone number." },
    ],
    duplicateOf: null,
    contact: null,
    chosen: false,
    createdContact: false,
    openDifferences: 0,
    problem: null,
    decidedBy: null,
    push: null,
    pushReason: null,
    version: 1,
  };
}

test("what is wrong with a cell is said at the cell alone, while it can be corrected there", () => {
  const row = invalidRow("pending");
  expect([...faultsByField(row)]).toEqual([["email", "This is not an email address."]]);
  expect(notesOfRow(row).map(({ words }) => words)).toEqual(["There is neither an email nor a phone number."]);
});

test("a row that was rejected says above its table what was wrong with it", () => {
  const row = invalidRow("rejected");
  expect(faultsByField(row).size).toBe(0);
  expect(notesOfRow(row)).toEqual(row.notes);
});
