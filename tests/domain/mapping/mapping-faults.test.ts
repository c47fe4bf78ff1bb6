import { describe, expect, it } from "vitest";
import type { FieldDescription } from "../../../server/domain/connector.ts";
import {
  isThere,
  mappingFaults,
  type RememberedRow,
  stoppedBy,
} from "../../../server/domain/mapping/mapping-faults.ts";
import { described } from "./fields.ts";

const TIERS: Partial<FieldDescription> = {
  type: "option",
  options: [
    { value: "1", label: "Free" },
    { value: "2", label: "Pro" },
  ],
};
const FREE: Partial<FieldDescription> = { type: "option", options: [{ value: "1", label: "Free" }] };

function row(about: Partial<RememberedRow> = {}): RememberedRow {
  return {
    object: "contact",
    property: "plan",
    policy: "fill_blank",
    transform: { kind: "none" },
    described: described(),
    ...about,
  };
}

function faultsOf(saved: RememberedRow, now: readonly FieldDescription[]) {
  return mappingFaults([saved], new Map([["contact", now]]), "HubSpot").map(({ words, leavesOut }) => ({
    words,
    leavesOut,
  }));
}

describe("a mapped field", () => {
  it.each<
    [
      guarantee: string,
      was: Partial<FieldDescription>,
      now: Partial<FieldDescription> | null,
      words: string,
      leavesOut: boolean,
    ]
  >([
    ["that is gone", {}, null, "The field “Plan” is gone from HubSpot.", true],
    ["that became read-only", {}, { writable: false }, "The field “Plan” is read-only in HubSpot now.", true],
    ["of another type", {}, { type: "number" }, "The field “Plan” was a text in HubSpot and is a number now.", true],
    ["that lost an option", TIERS, FREE, "The option “Pro” is gone from “Plan” in HubSpot.", false],
    [
      "that is shorter",
      { maxLength: 100 },
      { maxLength: 50 },
      "The field “Plan” takes only 50 characters in HubSpot now.",
      false,
    ],
    [
      "that has a length now",
      {},
      { maxLength: 50 },
      "The field “Plan” takes only 50 characters in HubSpot now.",
      false,
    ],
  ])("%s is named", (_, was, now, words, leavesOut) => {
    const saved = row({ described: described(was) });
    expect(faultsOf(saved, now === null ? [] : [described(now)])).toEqual([{ words, leavesOut }]);
  });

  it.each<[guarantee: string, was: Partial<FieldDescription>, now: Partial<FieldDescription>]>([
    ["as it was", TIERS, TIERS],
    ["with another label", {}, { label: "Tariff" }],
    ["with more options", FREE, TIERS],
    ["whose option was renamed", FREE, { type: "option", options: [{ value: "1", label: "Nothing" }] }],
    ["whose option was made again under its name", FREE, { type: "option", options: [{ value: "7", label: "Free" }] }],
    ["that takes longer texts", { maxLength: 50 }, { maxLength: 100 }],
    ["that is an email address now", {}, { type: "email" }],
  ])("%s has no fault", (_, was, now) => {
    expect(faultsOf(row({ described: described(was) }), [described(now)])).toEqual([]);
  });

  it("that lost the option its fixed value names leaves the row out", () => {
    const saved = row({ described: described(TIERS), transform: { kind: "fixed", value: "Pro" } });
    expect(faultsOf(saved, [described(FREE)])).toMatchObject([{ leavesOut: true }]);
  });

  it("that is only shown may become read-only", () => {
    expect(faultsOf(row({ policy: "never" }), [described({ writable: false })])).toEqual([]);
  });

  it("nobody had looked at before is named by its property when it is not there", () => {
    expect(faultsOf(row({ described: null }), [])).toEqual([
      { words: "The field “plan” is gone from HubSpot.", leavesOut: true },
    ]);
    expect(faultsOf(row({ described: null }), [described({ type: "number" })])).toEqual([]);
  });

  it("of an object that was never described has no fault, and may be asked for", () => {
    expect(mappingFaults([row()], new Map(), "HubSpot")).toEqual([]);
    expect(stoppedBy(row(), new Map(), "HubSpot")).toBeNull();
    expect(isThere(row(), new Map())).toBe(true);
    expect(isThere(row(), new Map([["contact", []]]))).toBe(false);
  });
});
