import { describe, expect, it } from "vitest";
import type { FieldDescription, FieldValue } from "../../../server/domain/connector.ts";
import { fitValue } from "../../../server/domain/mapping/fit-value.ts";
import { described } from "./fields.ts";

const TIERS: Partial<FieldDescription> = {
  type: "option",
  options: [
    { value: "1", label: "Free" },
    { value: "2", label: "Pro" },
  ],
};

const COMMA: Partial<FieldDescription> = { type: "options", options: [{ value: "9", label: "Lamps, new" }] };
/** As a real environment has it. */
const ODD_WORDS: Partial<FieldDescription> = {
  type: "boolean",
  options: [
    { value: "true", label: "No" },
    { value: "false", label: "Yes" },
  ],
};

describe("a field of a CRM", () => {
  it.each<[guarantee: string, field: Partial<FieldDescription>, value: FieldValue, written: FieldValue]>([
    ["takes a text as long as it allows", { maxLength: 3 }, "Pro", "Pro"],
    ["is left alone when nothing is known", { type: "number" }, "  ", null],
    ["takes a number as a number", { type: "number" }, "42", 42],
    ["takes yes as true", { type: "boolean" }, "Yes", true],
    ["takes 0 as false", { type: "boolean" }, 0, false],
    ["takes the day of a moment", { type: "date" }, "2026-02-03T10:11:12.345Z", "2026-02-03"],
    ["takes a moment to the second", { type: "datetime" }, "2026-02-03T10:11:12.345Z", "2026-02-03T10:11:12Z"],
    ["takes an option's value", TIERS, "2", "2"],
    ["takes an option by its label, whatever the case", TIERS, "pro", "2"],
    ["takes one of its several options", { ...TIERS, type: "options" }, "Pro", ["2"]],
    ["takes several options by value or label, each once", { ...TIERS, type: "options" }, "Pro; 1;2", ["2", "1"]],
    ["takes several options between commas", { ...TIERS, type: "options" }, "free, pro", ["1", "2"]],
    ["takes a list of options", { ...TIERS, type: "options" }, ["Free", "2"], ["1", "2"]],
    ["takes an option whose own name has the separator", COMMA, "Lamps, new", ["9"]],
    ["takes a yes by what the CRM calls it", ODD_WORDS, "No", true],
    ["takes true whatever the CRM calls it", ODD_WORDS, "true", true],
    ["takes what we cannot judge as it is", { type: "other" }, "x", "x"],
  ])("%s", (_, field, value, written) => {
    expect(fitValue(value, described(field), "HubSpot")).toEqual({ value: written, problem: null });
  });

  it.each<[guarantee: string, field: Partial<FieldDescription>, value: FieldValue, problem: string]>([
    ["a longer text", { maxLength: 3 }, "Free", "HubSpot takes at most 3 characters here, and this has 4."],
    ["a word for a number", { type: "number" }, "many", "Plan takes only numbers."],
    ["a word for yes or no", { type: "boolean" }, "maybe", "Plan takes only yes or no."],
    ["a word for a date", { type: "date" }, "soon", "Plan takes only dates."],
    ["an option it does not have", TIERS, "Team", "“Team” is not one of the options of Plan in HubSpot."],
    [
      "several options when one is not there",
      { ...TIERS, type: "options" },
      "Pro;Team",
      "“Team” is not one of the options of Plan in HubSpot.",
    ],
    ["several options in a choice of one", TIERS, ["Pro", "Free"], "Plan takes only one value."],
    [
      "anything for a reason the CRM gives",
      { writable: false, readOnlyBecause: "It is calculated." },
      "1",
      "It is calculated.",
    ],
    ["anything when it is read-only", { writable: false }, "Pro", "Plan is read-only in HubSpot."],
  ])("does not take %s, nor a part of it", (_, field, value, problem) => {
    expect(fitValue(value, described(field), "HubSpot")).toEqual({ value, problem });
  });
});
