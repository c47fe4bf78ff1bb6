import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvLine, guardCell, unguardCell } from "../../../server/domain/imports/csv-cell.ts";
import { readCsv } from "../../../server/files/read-csv.ts";

describe("cells of an export", () => {
  test.each([
    ['=HYPERLINK("http://example.test")', `'=HYPERLINK("http://example.test")`],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["'=1", "''=1"],
    ["+12025550123", "+12025550123"],
    ["+12025550123;ext=5", "+12025550123;ext=5"],
    ["+12025550123*2", "'+12025550123*2"],
    ["O'Neill", "O'Neill"],
    ["'quoted'", "'quoted'"],
    ["", ""],
  ])("%j is written %j", (value, cell) => {
    expect(guardCell(value)).toBe(cell);
    expect(unguardCell(cell)).toBe(value);
  });

  test("whatever a value is, an export read again gives exactly it, and never begins a formula", async () => {
    const odd = fc.string({
      unit: fc.constantFrom("=", "+", "-", "@", "'", '"', ",", "\t", "\r", "\n", "a", "1", " ", "é", "\u202e"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(odd, fc.string()), { minLength: 1, maxLength: 5 }), async (values) => {
        const [cells = []] = await rowsOf(csvLine([...values, "end"]));
        expect(cells.map(unguardCell)).toEqual([...values, "end"]);
        for (const cell of cells) expect(/^[=\-@\t\r]/.test(cell)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

async function rowsOf(text: string): Promise<string[][]> {
  const rows: string[][] = [];
  async function* pieces() {
    yield text;
  }
  for await (const batch of readCsv(pieces(), ",", 100)) rows.push(...batch);
  return rows;
}
