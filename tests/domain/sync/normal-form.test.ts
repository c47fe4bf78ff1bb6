import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldValue } from "../../../server/domain/connector.ts";
import { type ComparedAs, comparedAs, isBlank, normalForm, toSet } from "../../../server/domain/sync/normal-form.ts";

function norm(value: FieldValue, as: ComparedAs): string | null {
  return normalForm(value, { as, countries: ["US"] });
}

describe("blank", () => {
  it.each([
    ["nothing", null],
    ["an empty text", ""],
    ["a space", " "],
    ["tabs and line ends", "\t\r\n"],
    ["a no-break space", "\u00a0"],
    ["an empty list", []],
    ["a list of blanks", ["", " "]],
  ])("is %s, however it is compared", (_, value) => {
    expect(isBlank(value)).toBe(true);
    for (const as of ["text", "email", "phone", "number", "boolean", "set"] as const)
      expect(norm(value, as)).toBeNull();
  });

  it.each([
    ["no", false],
    ["zero", 0],
    ["the text 0", "0"],
    ["a hyphen", "-"],
    ["a list with one value", ["", "a"]],
  ])("is not %s", (_, value) => {
    expect(isBlank(value)).toBe(false);
  });

  it("is what was never asked for", () => {
    expect(isBlank(undefined)).toBe(true);
  });
});

describe("equal", () => {
  it.each<[string, ComparedAs, FieldValue, FieldValue]>([
    ["texts but for the space around", "text", " Acme ", "Acme"],
    ["texts but for their composition", "text", "Cafe\u0301", "Café"],
    ["a number and its text", "text", 7, "7"],
    ["emails but for case", "email", "Ana@Example.com", "ana@example.com"],
    ["emails in U-label and A-label form", "email", "ana@exämple.com", "ana@xn--exmple-cua.com"],
    ["unreadable emails but for case", "email", "N/A", "n/a"],
    ["phones in national form and E.164", "phone", "(202) 555-0123", "+12025550123"],
    ["phones with the same extension", "phone", "202-555-0123 x5", "+12025550123;ext=5"],
    ["unreadable phones that are the same text", "phone", " front desk", "front desk "],
    ["numbers but for their form", "number", "1.50", 1.5],
    ["numbers with and without a sign", "number", "+7", "7"],
    ["yes in other case", "boolean", "True", true],
    ["a day and the midnight a CRM makes of it", "date", "2026-03-01", "2026-03-01T00:00:00.000Z"],
    ["a day and its epoch milliseconds", "date", "2026-03-01", 1_772_323_200_000],
    ["a day before 1970 and its epoch milliseconds", "date", "1965-01-01", "-157766400000"],
    ["a moment with and without its milliseconds", "date", "2026-03-01T10:20:30Z", "2026-03-01T10:20:30.000Z"],
    ["a moment in another time zone", "date", "2026-03-01T10:20:30Z", "2026-03-01T12:20:30+02:00"],
    ["what is no date in both", "date", "someday", " someday "],
    ["sets in another order", "set", ["b", "a"], ["a", "b"]],
    ["sets with repetitions", "set", ["a", "a "], ["a"]],
    ["sets as list and as text", "set", ["a", "b"], "b; a;"],
    ["sets of nothing and nothing", "set", ";", null],
  ])("are %s", (_, as, a, b) => {
    expect(norm(a, as)).toBe(norm(b, as));
  });
});

describe("different", () => {
  it.each<[string, ComparedAs, FieldValue, FieldValue]>([
    ["texts in other case", "text", "ACME", "Acme"],
    ["texts with other space inside", "text", "Acme  Inc", "Acme Inc"],
    ["emails with and without a +tag", "email", "ana+x@example.com", "ana@example.com"],
    ["phones with and without an extension", "phone", "+12025550123 x5", "+12025550123"],
    ["phones of two countries with the same digits", "phone", "+32 3 555 01 23", "323 555 0123"],
    ["numbers", "number", "1.5", "1.50001"],
    ["texts where numbers were expected", "number", "n/a", "0"],
    ["yes and no", "boolean", true, false],
    ["a set and a part of it", "set", ["a", "b"], ["a"]],
    ["two days", "date", "2026-03-01", "2026-03-02T00:00:00Z"],
    ["a day and another moment of it", "date", "2026-03-01", "2026-03-01T05:00:00Z"],
    ["sets whose values only look joined", "set", ["a,b"], ["a", "b"]],
    ["sets in other case", "set", ["A"], ["a"]],
  ])("are %s", (_, as, a, b) => {
    expect(norm(a, as)).not.toBe(norm(b, as));
  });
});

describe("a mapped field", () => {
  it.each<[string, FieldValue, ComparedAs]>([
    ["email", "ana@example.com", "email"],
    ["phone", "2026-03-01", "phone"],
    ["attribute:birthday", "1990-09-25", "date"],
    ["endedAt", "2026-03-01T10:20:30Z", "date"],
    ["attribute:colours", ["red", "blue"], "set"],
    ["attribute:room", "2026-03", "text"],
    ["company", null, "text"],
  ])("%s with %j of ours is compared as %s", (field, ours, as) => {
    expect(comparedAs(field, ours)).toBe(as);
  });
});

describe("normalForm", () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 15 }),
    fc.constantFrom("Ana@Example.com", "(202) 555-0123", "1e3", " 7 ", "TRUE", "2026-03-01", "1772323200000"),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const as = fc.constantFrom<ComparedAs>("text", "email", "phone", "number", "boolean", "date");

  it("is its own normal form, so that a stored one still compares", () => {
    fc.assert(
      fc.property(value, as, (raw, comparedAs) => {
        const once = norm(raw, comparedAs);
        expect(norm(once, comparedAs)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it("is null exactly for a blank", () => {
    fc.assert(
      fc.property(value, as, (raw, comparedAs) => {
        expect(norm(raw, comparedAs) === null).toBe(isBlank(raw));
      }),
    );
  });
});

describe("a set", () => {
  it.each<[string, FieldValue, string[]]>([
    ["of a list", ["a", " b "], ["a", "b"]],
    ["of a text with semicolons, as HubSpot writes it", "a; b;", ["a", "b"]],
    ["of a text alone", "a", ["a"]],
    ["of a list keeps semicolons inside a value", ["a;b"], ["a;b"]],
    ["of nothing", null, []],
  ])("%s", (_, value, items) => {
    expect([...toSet(value)]).toEqual(items);
  });
});
