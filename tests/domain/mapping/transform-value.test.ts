import type { Transform } from "@rolodesk/shared/mapping-transform";
import { describe, expect, it } from "vitest";
import type { FieldValue } from "../../../server/domain/connector.ts";
import { transformValue } from "../../../server/domain/mapping/transform-value.ts";

const PLANS: Transform = { kind: "options", map: { pro: "tier_2", Free: "tier_1" } };

describe("a value of ours", () => {
  it.each<[guarantee: string, value: FieldValue, transform: Transform, expected: FieldValue]>([
    ["stays as it is without a transform", " Ana ", { kind: "none" }, " Ana "],
    ["stays unknown under every transform", "", { kind: "case", to: "upper" }, null],
    ["is replaced by a fixed one", null, { kind: "fixed", value: "Website chat" }, "Website chat"],
    ["becomes E.164", "(202) 555-0123", { kind: "phone", to: "e164" }, "+12025550123"],
    ["becomes a number of its country", "+442079460100", { kind: "phone", to: "national" }, "020 7946 0100"],
    ["keeps its extension", "+12025550123;ext=7", { kind: "phone", to: "national" }, "(202) 555-0123 ext. 7"],
    ["becomes upper case", "straße", { kind: "case", to: "upper" }, "STRASSE"],
    ["becomes lower case", "ÉLAN", { kind: "case", to: "lower" }, "élan"],
    [
      "gets capitals, after hyphens and apostrophes too",
      "anne-marie o'neil",
      { kind: "case", to: "title" },
      "Anne-Marie O'Neil",
    ],
    ["gives its first names", "Ana Maria Lima", { kind: "name", part: "first" }, "Ana Maria"],
    ["gives its last name", "Ana Maria Lima", { kind: "name", part: "last" }, "Lima"],
    ["has no last name when it is one word", "Ana", { kind: "name", part: "last" }, null],
    ["is a first name when it is one word", "Ana", { kind: "name", part: "first" }, "Ana"],
    ["becomes several options", "Free; PRO", PLANS, ["tier_1", "tier_2"]],
    ["becomes a day", "2026-02-03T23:30:00.000Z", { kind: "date", to: "date" }, "2026-02-03"],
    ["becomes day, month, year", "2026-02-03T23:30:00.000Z", { kind: "date", to: "day_month_year" }, "03/02/2026"],
    ["becomes month, day, year", "2026-02-03T23:30:00.000Z", { kind: "date", to: "month_day_year" }, "02/03/2026"],
    ["becomes the option it is mapped to, whatever its case", "PRO", PLANS, "tier_2"],
  ])("%s", (_, value, transform, expected) => {
    expect(transformValue(value, transform, ["US"])).toEqual({ value: expected, problem: null });
  });

  it.each<[guarantee: string, value: FieldValue, transform: Transform, problem: string]>([
    ["that is no number", "call me", { kind: "phone", to: "e164" }, "not a telephone number"],
    ["that is no date", "soon", { kind: "date", to: "date" }, "not a date"],
    ["that no option is named for", "team", PLANS, "no option for “team”"],
  ])("%s is not written, with the reason", (_, value, transform, problem) => {
    expect(transformValue(value, transform, ["US"])).toEqual({ value, problem: expect.stringContaining(problem) });
  });
});
