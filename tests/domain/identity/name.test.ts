import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullName, namesAgree, type PersonName } from "../../../server/domain/identity/name.ts";

function named(firstName: string | null, lastName: string | null): PersonName {
  return { firstName, lastName };
}

describe("a full name", () => {
  it.each([
    [named("Ana", "Demo"), "Ana Demo"],
    [named("Ana", null), "Ana"],
    [named(null, "Demo"), "Demo"],
    [named("", "Demo"), "Demo"],
    [named("  ", " Demo "), "Demo"],
    [named(null, null), null],
    [named(" ", ""), null],
  ])("of %j is %j", (name, full) => {
    expect(fullName(name)).toBe(full);
  });
});

describe("two names agree", () => {
  it.each([
    ["when they are equal", named("Ana", "Demo"), named("Ana", "Demo")],
    ["whatever the case", named("ANA", "demo"), named("Ana", "Demo")],
    ["whatever the accents", named("José", "Müller"), named("Jose", "Muller")],
    ["whatever their composition", named("Jose\u0301", null), named("José", "Demo")],
    ["whatever the width of the letters", named("Ａｎａ", null), named("Ana", "Demo")],
    ["when one has only the first", named("Ana", null), named("Ana", "Demo")],
    ["when one has only the last", named(null, "Demo"), named("Ana", "Demo")],
    ["when one has a middle name", named("Ana Maria", "Demo"), named("Ana", "Demo")],
    ["when the halves are swapped", named("Demo", "Ana"), named("Ana", "Demo")],
    ["when all is in one field", named("Ana Demo", null), named("Ana", "Demo")],
    ["over a hyphen", named("Ana-Maria", "Demo"), named("Ana Maria", "Demo")],
    ["in another script", named("राम", null), named("राम", "देव")],
  ])("%s", (_, a, b) => {
    expect(namesAgree(a, b)).toBe(true);
    expect(namesAgree(b, a)).toBe(true);
  });
});

describe("two names do not agree", () => {
  it.each([
    ["when the first differs", named("Ana", "Demo"), named("Bob", "Demo")],
    ["when the last differs", named("Ana", "Demo"), named("Ana", "Sample")],
    ["for a short form", named("Bob", "Smith"), named("Robert", "Smith")],
    ["for the beginning of a word", named("An", null), named("Ana", "Demo")],
    ["when one is unknown", named(null, null), named("Ana", "Demo")],
    ["when both are unknown", named(null, null), named(null, null)],
    ["when one is blank", named(" ", ""), named("Ana", "Demo")],
    ["when one is only signs", named("-", "…"), named("Ana", "Demo")],
    ["when only the vowel signs of Devanagari differ", named("राम", null), named("रमा", null)],
    ["when only which vowel sign of Devanagari it is differs", named("राम", null), named("रीम", null)],
    ["when only the voicing of kana differs", named("かな", null), named("がな", null)],
  ])("%s", (_, a, b) => {
    expect(namesAgree(a, b)).toBe(false);
    expect(namesAgree(b, a)).toBe(false);
  });
});

describe("namesAgree", () => {
  const half = fc.option(fc.string({ unit: "grapheme", maxLength: 12 }), { nil: null });
  const name = fc.record({ firstName: half, lastName: half });

  it("does not depend on which name is asked about first", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(namesAgree(a, b)).toBe(namesAgree(b, a));
      }),
    );
  });

  it("holds between a name and itself, wherever it has a letter or digit", () => {
    fc.assert(
      fc.property(name, (one) => {
        const hasWord = /[\p{L}\p{N}]/u.test((fullName(one) ?? "").normalize("NFKD"));
        if (hasWord) expect(namesAgree(one, one)).toBe(true);
      }),
    );
  });
});
