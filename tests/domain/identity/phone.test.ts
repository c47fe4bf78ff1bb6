import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePhone, phoneNorm, toPhoneQuery } from "../../../server/domain/identity/phone.ts";

const US_NUMBER = "+12025550123";

describe("the key of a number that names its country", () => {
  it.each([
    ["spaces", "+1 202 555 0123"],
    ["punctuation", "+1 (202) 555-01.23"],
    ["full-width digits and plus", "＋１ ２０２ ５５５ ０１２３"],
    ["other digits of Unicode", "+١٢٠٢٥٥٥٠١٢٣"],
    ["the invisible marks of a copied contact", "\u202a+1 202 555 0123\u202c"],
    ["the country code in brackets", "(+1) 202 555 0123"],
    ["space around it", "  +12025550123\n"],
  ])("is E.164 whatever the %s", (_, raw) => {
    expect(phoneNorm(raw, [])).toBe(US_NUMBER);
  });

  it("drops the national zero that is put in brackets", () => {
    expect(phoneNorm("+44 (0)20 7946 0018", [])).toBe("+442079460018");
  });

  it("keeps the zero an Italian number begins with", () => {
    expect(phoneNorm("+39 06 1234 5678", [])).toBe("+390612345678");
  });

  it("is the same under every default country", () => {
    const keys = ["US", "GB", "BE", "AU", null].map((country) => phoneNorm("+1 202 555 0123", [country]));
    expect(new Set(keys)).toEqual(new Set([US_NUMBER]));
  });
});

describe("the key of a number without a country", () => {
  it.each([
    ["in the site's country", "(202) 555-0123", ["US", "GB"], US_NUMBER],
    ["in the connection's, where the site's has no such number", "020 7946 0018", ["US", "GB"], "+442079460018"],
    ["in the connection's, where the site has none", "020 7946 0018", [null, "GB"], "+442079460018"],
    ["in neither, where both plans refuse it", "202 555 0123", ["GB", "AU"], null],
    ["in the second, where only the length fits the first", "0470 12 34 56", ["US", "BE"], "+32470123456"],
    ["with the exit code of the country", "00 1 202 555 0123", ["BE"], US_NUMBER],
    ["with the country code but no plus", "1 202 555 0123", ["US"], US_NUMBER],
    ["of a country nobody knows", "202 555 0123", ["XX"], null],
    ["without any country", "202 555 0123", [], null],
    ["without any country, even with an exit code", "0012025550123", [null, null], null],
  ] as const)("is read %s", (_, raw, countries, norm) => {
    expect(phoneNorm(raw, countries)).toBe(norm);
  });

  it("goes to the first country of those it is valid in", () => {
    const valid = "02 5550 1234";
    expect(phoneNorm(valid, ["AU", "IT"])).toBe("+61255501234");
    expect(phoneNorm(valid, ["IT", "AU"])).toBe("+390255501234");
  });
});

describe("an extension", () => {
  it.each(["+1 202 555 0123 x5", "+1 202 555 0123 ext. 5", "+12025550123;ext=5", "+1 202 555 0123 #5"])(
    "is part of the key and kept apart: %s",
    (raw) => {
      expect(parsePhone(raw, [])).toEqual({ value: raw, e164: US_NUMBER, extension: "5", norm: "+12025550123;ext=5" });
    },
  );

  it("makes another key than the number alone, and than another extension", () => {
    const keys = ["+12025550123", "+12025550123 x5", "+12025550123 x6"].map((raw) => phoneNorm(raw, []));
    expect(new Set(keys).size).toBe(3);
  });

  it("is left out of what CRMs are searched by", () => {
    const phone = parsePhone("+12025550123 x5", []);
    expect(phone && toPhoneQuery(phone).e164).toBe(US_NUMBER);
  });
});

describe("what is no phone number", () => {
  it.each([
    ["nothing", ""],
    ["a plus", "+"],
    ["a word", "mobile"],
    ["a number a spreadsheet has mangled", "4.155E+09"],
    ["the same with a comma, in small letters", "4,155e09"],
    ["the same without a sign", "4.155E9"],
    ["the same with its country", "+1.2025550123E+10"],
    ["a local number without its area", "555 0123"],
    ["a number with its country and words after it", "+1 202 555 0123 call me"],
    ["a number spread over more than 40 characters", `+1${" ".repeat(40)}2025550123`],
    ["a number with words around it", "call me at 202 555 0123"],
    ["two numbers", "202 555 0123, 202 555 0124"],
    ["letters for digits", "1-800-FLOWERS"],
    ["a country code that does not exist", "+999 123 456 789"],
    ["too few digits", "+1 202 55"],
    ["too many digits", "+1 202 555 0123 4567 89"],
    ["an email", "ana@example.com"],
    ["100 kB of digits", "2".repeat(100_000)],
    ["100 kB of marks that are slow to normalise", "\u0315\u0316".repeat(50_000)],
    ["100 kB of signs", "+-(".repeat(33_000)],
  ])("%s", (_, raw) => {
    expect(parsePhone(raw, ["US"])).toBeNull();
  });
});

describe("a Belgian number with exactly the digits of a US one", () => {
  it("is another key", () => {
    const belgian = parsePhone("+32 3 555 01 23", []);
    const american = parsePhone("323 555 0123", ["US"]);
    expect(belgian?.e164.replace(/\D/g, "")).toBe("3235550123");
    expect(american?.norm).toBe("+13235550123");
    expect(belgian?.norm).not.toBe(american?.norm);
  });
});

describe("the spellings CRMs are searched by", () => {
  it.each([
    ["+12025550123", ["(202) 555-0123", "202-555-0123", "202.555.0123", "202 555 0123", "2025550123", "12025550123"]],
    ["+12025550123", ["+1 202 555 0123", "+1-202-555-0123", "0012025550123"]],
    ["+442079460018", ["020 7946 0018", "02079460018", "+44 20 7946 0018", "442079460018", "00442079460018"]],
    ["+61255501234", ["(02) 5550 1234", "0255501234", "+61 2 5550 1234"]],
  ])("of %s contain what people write", (raw, expected) => {
    const phone = parsePhone(raw, []);
    expect(phone && toPhoneQuery(phone).spellings).toEqual(expect.arrayContaining(expected));
  });

  it("never repeat one, nor the E.164 form", () => {
    const phone = parsePhone("+12025550123", []);
    const query = phone && toPhoneQuery(phone);
    expect(new Set(query?.spellings).size).toBe(query?.spellings.length);
    expect(query?.spellings).not.toContain(query?.e164);
  });

  it("read as the same number in its own country, so that a hit by one of them can be confirmed", () => {
    for (const [raw, country] of [
      ["+12025550123", "US"],
      ["+442079460018", "GB"],
      ["+61255501234", "AU"],
    ] as const) {
      const phone = parsePhone(raw, []);
      const spellings = phone ? toPhoneQuery(phone).spellings : [];
      const national = spellings.filter((one) => /^[0(+]/.test(one) && !one.startsWith("00"));
      expect(new Set(national.map((one) => phoneNorm(one, [country])))).toEqual(new Set([raw]));
    }
  });
});

describe("parsePhone", () => {
  const number = fc
    .tuple(fc.constantFrom("+1202555", "+44207946", "+6125550"), fc.integer({ min: 0, max: 99 }))
    .map(([prefix, n]) => prefix + String(n).padStart(4, "0"));
  const extension = fc.option(fc.integer({ min: 1, max: 99_999 }).map(String), { nil: null });

  it("gives a key its own key, with and without an extension", () => {
    fc.assert(
      fc.property(number, extension, (e164, ext) => {
        const norm = phoneNorm(ext ? `${e164} ext. ${ext}` : e164, []);
        expect(norm).toBe(ext ? `${e164};ext=${ext}` : e164);
        expect(phoneNorm(norm ?? "", ["GB"])).toBe(norm);
      }),
    );
  });

  it("gives any text at all a key it gives again, or none", () => {
    const text = fc.string({ unit: fc.constantFrom(..."+0123456789 ()-.xeE#;=,"), maxLength: 30 });
    fc.assert(
      fc.property(text, fc.constantFrom("US", "GB", "BE", null), (raw, country) => {
        const phone = parsePhone(raw, [country]);
        if (!phone) return;
        expect(phone.norm).toMatch(/^\+\d{5,15}(;ext=\d+)?$/);
        expect(phoneNorm(phone.norm, [])).toBe(phone.norm);
        expect(toPhoneQuery(phone).e164).toBe(phone.e164);
      }),
      { numRuns: 1000 },
    );
  });
});
