import { CONFLICT_STATUSES } from "@rolodesk/shared/vocabulary";
import { describe, expect, test } from "vitest";
import { conflictRows, rowText, settledText, settleInput } from "../../sidebar/src/screens/crm/conflict-rows.ts";
import { readsSame } from "../../sidebar/src/screens/crm/shown-value.ts";
import { conflict, nameConflict } from "./wire.ts";

describe("rows of the conflicts panel", () => {
  test("first and last name stand in one row, first name first", () => {
    const [row, ...others] = conflictRows([...nameConflict(), conflict()]);
    expect(row?.label).toBe("Name");
    expect(row && rowText(row, "crmValue")).toBe("Robert Smythe");
    expect(row && rowText(row, "chatValue")).toBe("Bob Smith");
    expect(others.map((other) => other.label)).toEqual(["Phone"]);
  });

  test("a name of which only one part differs is called by that part", () => {
    const [, firstName] = nameConflict();
    expect(conflictRows([firstName]).map((row) => row.label)).toEqual(["First name"]);
  });

  test.each(CONFLICT_STATUSES)("a %s conflict is shown only while it is open", (status) => {
    const open = status === "pending" || status === "applying";
    expect(conflictRows([conflict({ status })])).toHaveLength(open ? 1 : 0);
  });

  test("a row is applying while one of its fields is", () => {
    const [lastName, firstName] = nameConflict();
    const [row] = conflictRows([lastName, { ...firstName, status: "applying" }]);
    expect(row?.applying).toBe(true);
  });

  test("a side without a value is empty, not the word null", () => {
    const [row] = conflictRows([conflict({ crmValue: null })]);
    expect(row && rowText(row, "crmValue")).toBeNull();
  });
});

describe("what is sent to settle", () => {
  test("a name is settled in one request, with the values that were seen", () => {
    const [lastName, firstName] = nameConflict();
    expect(settleInput(conflictRows([lastName, firstName]), "use_chat")).toEqual({
      decision: "use_chat",
      conflicts: [
        { id: firstName.id, seenCrmValue: "Robert", seenChatValue: "Bob" },
        { id: lastName.id, seenCrmValue: "Smythe", seenChatValue: "Smith" },
      ],
    });
  });

  test("discarding all covers exactly the rows shown", () => {
    const shown = conflictRows([...nameConflict(), conflict()]);
    const arrivedMeanwhile = conflict({ field: "company", unit: "company" });
    const input = settleInput(shown, "keep_crm");
    expect(input.conflicts).toHaveLength(3);
    expect(input.conflicts.map(({ id }) => id)).not.toContain(arrivedMeanwhile.id);
  });

  test("a conflict somebody is already applying is not sent again", () => {
    const rows = conflictRows([conflict({ status: "applying" })]);
    expect(settleInput(rows, "use_chat").conflicts).toEqual([]);
  });
});

describe("who settled it", () => {
  const now = Date.parse("2026-03-02T10:02:00.000Z");
  const decided = { decidedBy: "Ana Ruiz", decidedAt: "2026-03-02T10:00:00.000Z" };
  test.each([
    ["kept" as const, "Ana Ruiz kept the CRM value 2 min ago"],
    ["applied" as const, "Ana Ruiz used the chat value 2 min ago"],
    ["closed_equal" as const, "HubSpot and the chat have the same value now"],
    ["superseded" as const, "A newer value from the chat took its place"],
    ["void" as const, "This no longer applies"],
  ])("%s", (status, text) => {
    expect(settledText(conflict({ status, ...decided }), "HubSpot", now)).toBe(text);
  });
});

describe("values that read the same", () => {
  test.each([
    ["phone", "+1 202 555 0199", "+12025550199", true],
    ["phone", "+1 202 555 0199", "+12025550198", false],
    ["email", "Ana@Example.com", "ana@example.com", true],
    ["firstName", "Ana", "ana", false],
    ["company", null, "", false],
  ])("%s %s and %s", (field, ours, crm, same) => {
    expect(readsSame(field, ours, crm)).toBe(same);
  });
});
