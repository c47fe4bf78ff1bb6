import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looksLikeEmail, looksLikePhone, recognise } from "../../widget/src/app/recognise.ts";

describe("emails in what a visitor wrote", () => {
  test.each([
    ["ana@example.com", ["ana@example.com"]],
    ["I am ana@example.com.", ["ana@example.com"]],
    ["(Ana <ana.silva+shop@mail.example.org>)", ["ana.silva+shop@mail.example.org"]],
    ["mailto:ana@example.com", ["ana@example.com"]],
    ["ana@example.com, bo@example.net", ["ana@example.com", "bo@example.net"]],
    ["write to ANA@EXAMPLE.COM!", ["ANA@EXAMPLE.COM"]],
    ["ana@example", []],
    ["@ana on the other network", []],
    ["ana@@example.com", []],
    ["ana@.com", []],
    ["5 pots @ 3.50 each", []],
    [`${"a".repeat(300)}@example.com`, []],
  ])("%s", (text, expected) => {
    expect(recognise(text).map(({ value }) => value)).toEqual(expected);
  });
});

describe("telephone numbers in what a visitor wrote", () => {
  test.each([
    ["+1 202 555 0123", ["+1 202 555 0123"]],
    ["call (202) 555-0123 after six", ["(202) 555-0123"]],
    ["2025550123", ["2025550123"]],
    ["+442079460123.", ["+442079460123"]],
    ["020 7946 0123", ["020 7946 0123"]],
    ["order 48213", []],
    ["order 12345678", []],
    ["2026-03-02 10:30", []],
    ["02.03.2026 at 14", []],
    ["192.168.100.200", []],
    ["4111 1111 1111 1111 12", []],
    ["https://example.com/2025550123", []],
    ["abc2025550123", []],
    ["ana2025550123@example.com", ["ana2025550123@example.com"]],
  ])("%s", (text, expected) => {
    expect(recognise(text).map(({ value }) => value)).toEqual(expected);
  });
});

describe("hostile text", () => {
  /** A million characters: anything but linear time would outlast the test's limit by hours. */
  test.each([["a@"], ["a@a."], ["1 "], ["1-"], ["(("], ["+1"], ["a.b@c.d."], [",;|"]])(
    "of %j a million characters long holds nobody up and is no address",
    (unit) => {
      expect(recognise(unit.repeat(1_000_000 / unit.length)).filter(({ field }) => field === "email")).toEqual([]);
    },
  );

  test("whatever is found stands in the text as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { value } of recognise(text)) expect(text).toContain(value);
      }),
    );
  });
});

test.each([
  ["ana@example.com", true],
  ["ana example.com", false],
  ["", false],
])("an email field takes %j: %s", (value, expected) => {
  expect(looksLikeEmail(value)).toBe(expected);
});

test.each([
  ["+1 (202) 555-0123", true],
  ["555 0123", true],
  ["12345", false],
  ["call me", false],
  ["+1 202 555 0123 0456 789", false],
])("a telephone field takes %j: %s", (value, expected) => {
  expect(looksLikePhone(value)).toBe(expected);
});
