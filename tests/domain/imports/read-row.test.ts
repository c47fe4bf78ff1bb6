import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePhone } from "../../../server/domain/identity/phone.ts";
import { readPhone } from "../../../server/domain/imports/file-phone.ts";
import { proposeMapping } from "../../../server/domain/imports/propose-mapping.ts";
import { isTarget, readRow } from "../../../server/domain/imports/read-row.ts";
import { splitName } from "../../../server/domain/imports/split-name.ts";

describe("telephone numbers of a file", () => {
  test("the short way gives what the long one gives, for every number it is taken for", () => {
    const digits = fc.stringMatching(/^\d{8,11}$/);
    const code = fc.constantFrom("+1", "+44", "+61", "+33", "+34", "+49", "+");
    fc.assert(
      fc.property(code, digits, (prefix, rest) => {
        expect(readPhone(prefix + rest, []).norm).toBe(parsePhone(prefix + rest, [])?.norm ?? null);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(["4.155E+09", "4,155e9", "1E+10", "4.15526712E+9"])(
    "%s was shortened by a spreadsheet, and is said to be",
    (text) => {
      expect(readPhone(text, ["US"])).toMatchObject({ norm: null, problem: expect.stringContaining("shortened") });
    },
  );
});

describe("rows", () => {
  const mapping = ["fullName", "email", "phone", "attribute:plan", null];
  const read = (...cells: string[]) => readRow(cells, mapping, ["US"]);

  test("cells are trimmed and freed of what nobody means to write", () => {
    const row = read("  Ana\u0000\u0007 Demo ", " ana@example.com", "'+12025550123", "'=gold", "left out");
    expect(row.cells).toEqual({
      fullName: "Ana  Demo",
      email: "ana@example.com",
      phone: "+12025550123",
      "attribute:plan": "=gold",
    });
    expect(row).toMatchObject({ emailNorm: "ana@example.com", phoneNorm: "+12025550123", problems: [] });
  });

  test.each([
    [["Ana", "", "", "", ""], null, "neither an email nor a phone"],
    [["Ana", "ana@", "", "", ""], "email", "not an email"],
    [["Ana", "ana@example.com", "12", "", ""], "phone", "not a telephone number"],
    [["x".repeat(201), "ana@example.com", "", "", ""], "fullName", "longer than 200"],
    [["Ana", "ana@example.com"], null, "2 cells where the file has 5"],
    [["Ana", "ana@example.com", "", "", "", "x"], null, "6 cells"],
  ])("%j is not brought in", (cells, field, words) => {
    const { problems } = read(...cells);
    expect(problems.find((one) => one.field === field)?.words).toContain(words);
  });

  test("blank cells beyond the columns are no fault", () => {
    expect(read("Ana", "ana@example.com", "", "", "", "", " ").problems).toEqual([]);
  });
});

describe("columns", () => {
  test("headers people use are understood, each field once, the rest by what stands in it", () => {
    const headers = [
      "Company name",
      "Contact Name",
      "E-mail",
      "Téléphone",
      "Job Title",
      "LinkedIn URL",
      "Lead source",
      "Comments",
      "Name",
    ];
    expect(proposeMapping(headers, [])).toEqual([
      "company",
      "fullName",
      "email",
      "phone",
      "title",
      "linkedin",
      "source",
      "notes",
      null,
    ]);
    expect(proposeMapping(["Column 1", "Column 2"], [["ana@example.com", "+1 202 555 0123"]])).toEqual([
      "email",
      "phone",
    ]);
  });

  test("names of JavaScript's own are no fields", () => {
    for (const name of ["__proto__", "constructor", "attribute:__proto__", "attribute:", "toString", "id"])
      expect(isTarget(name), name).toBe(false);
  });

  test.each([
    ["Ana Maria Demo", "Ana", "Maria Demo"],
    ["Demo, Ana", "Ana", "Demo"],
    ["Ana", "Ana", null],
    [" Ana   Demo ", "Ana", "Demo"],
  ])("%s is %s and %s", (text, firstName, lastName) => {
    expect(splitName(text)).toEqual({ firstName, lastName });
  });
});
