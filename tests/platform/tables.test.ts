import { describe, expect, test } from "vitest";
import { columnNames, detectDelimiter, detectHeader } from "../../server/files/detect-table.ts";
import { createUploadInspector, type InspectedFile } from "../../server/files/inspect-upload.ts";
import { readAllRows } from "../../server/files/read-table.ts";
import { makeXlsx, zipOf } from "../support/make-xlsx.ts";

async function* piecesOf(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function inspect(bytes: Buffer, pieceBytes = 1000): InspectedFile {
  const inspector = createUploadInspector();
  for (let at = 0; at < bytes.length; at += pieceBytes) inspector.take(bytes.subarray(at, at + pieceBytes));
  return inspector.finish();
}

async function rowsOf(bytes: Buffer, pieceBytes = 7): Promise<string[][]> {
  const { format, encoding } = inspect(bytes);
  const delimiter = detectDelimiter(new TextDecoder(encoding).decode(bytes).replace(/^\ufeff/, ""));
  const rows: string[][] = [];
  const file = { format, encoding, delimiter, bytes: () => piecesOf(bytes, pieceBytes) };
  for await (const batch of readAllRows(file, 2)) rows.push(...batch);
  return rows;
}

function utf16be(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
}

describe("text", () => {
  const text = 'Name,Email\r\n"Müller, Ana",ana@example.com\r\n"Two\nlines ""said""",zoë@example.com\r\n';
  const rows = [
    ["Name", "Email"],
    ["Müller, Ana", "ana@example.com"],
    ['Two\nlines "said"', "zoë@example.com"],
  ];
  test.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), "utf-8"],
    ["UTF-16, little end first", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
    ["UTF-16, big end first", utf16be(text), "utf-16be"],
    ["windows-1252", Buffer.from(text, "latin1"), "windows-1252"],
  ])("%s is recognised and read, wherever its bytes are cut", async (_name, bytes, encoding) => {
    expect(inspect(bytes).encoding).toBe(encoding);
    expect(await rowsOf(bytes)).toEqual(rows);
  });

  test.each([
    ["a;b,c\n1;2\n3;4\n", ";"],
    ["a\tb\n1\t2,5\n", "\t"],
    ["a|b\n1|2\n", "|"],
    ['"a;x";"b;y"\n"1,2";3\n', ";"],
    ["email\nana@example.com\n", ","],
  ])("the cells of %j are parted by %j", (file, delimiter) => {
    expect(detectDelimiter(file)).toBe(delimiter);
  });

  test("a header is words; people are not", () => {
    expect(
      detectHeader([
        ["Name", "Email"],
        ["Ana", "ana@example.com"],
      ]),
    ).toBe(true);
    expect(detectHeader([["Ana", "ana@example.com"]])).toBe(false);
    expect(detectHeader([["Ana", "+12025550123"]])).toBe(false);
    expect(columnNames(["Email", "email", ""], true)).toEqual(["Email", "email (2)", "Column 3"]);
  });

  test("rows of another width and quotes in the middle of a cell are kept as they are", async () => {
    expect(await rowsOf(Buffer.from('a,b\n1\n1,2,3\n5" pipe,x\n\n'))).toEqual([
      ["a", "b"],
      ["1"],
      ["1", "2", "3"],
      ['5" pipe', "x"],
    ]);
  });
});

describe("workbooks", () => {
  test("the first sheet one sees is read as texts: shared and inline ones, numbers without exponents, dates", async () => {
    const bytes = makeXlsx([
      ["Name", "Email", "Phone", "Since", "Member"],
      ["Ana & Demo", { inline: "ana@example.com" }, 12025550123, { date: 45292 }, true],
      [null, "bob@example.com", null, null, null],
      [null],
    ]);
    expect(await rowsOf(bytes, 1000)).toEqual([
      ["Name", "Email", "Phone", "Since", "Member"],
      ["Ana & Demo", "ana@example.com", "12025550123", "2024-01-01", "true"],
      ["", "bob@example.com", "", "", ""],
    ]);
  });

  test("a number format made to be slow to read costs nothing", async () => {
    const formatCode = "[".repeat(1_000_000);
    const bytes = withStyles(`<numFmts><numFmt numFmtId="164" formatCode="${formatCode}"/></numFmts>`);
    expect(await rowsOf(bytes, 1000)).toEqual([["a"]]);
  });

  test.each([
    ["an archive that is no workbook", zipOf({ "a.txt": "hello" }), "not an Excel workbook"],
    ["half of one", makeXlsx([["a"]]).subarray(0, 300), "not an Excel workbook"],
    ["one that unpacks to far more than it says", bomb({}), "not an Excel workbook"],
    [
      "one that says to unpack to gigabytes",
      bomb({ "xl/worksheets/people.xml": 3_000_000_000 }),
      "unpacks to far more",
    ],
    ["one with entities", withDoctype(), "not an Excel workbook"],
    ["one of tags within tags", withSheet("<a>".repeat(1_000_000)), "not an Excel workbook"],
    ["one text of megabytes", withSheet(`<row><c><v>${"x".repeat(3_000_000)}`), "not an Excel workbook"],
    ["one tag of megabytes", withSheet(`<row ${'a="" '.repeat(600_000)}`), "not an Excel workbook"],
    ["a comment of megabytes", withSheet(`<!--${"<>".repeat(1_500_000)}`), "not an Excel workbook"],
    [
      "a cell in a million parts",
      withSheet(`<row><c><v>${"x<!---->".repeat(1_500_000)}</v></c></row>`),
      "not an Excel workbook",
    ],
    ["styles without end", withStyles(`<cellXfs>${"<xf/>".repeat(100_000)}</cellXfs>`), "not an Excel workbook"],
  ])("%s is refused in words", async (_name, bytes, words) => {
    await expect(rowsOf(bytes, 1000)).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining(words),
    });
  });
});

function withSheet(xml: string): Buffer {
  return makeXlsx([["a"]], { "xl/worksheets/people.xml": `<worksheet><sheetData>${xml}` });
}

function withStyles(xml: string): Buffer {
  return makeXlsx([["a"]], { "xl/styles.xml": `<styleSheet>${xml}</styleSheet>` });
}

function bomb(sizes: Record<string, number>): Buffer {
  const part = "xl/worksheets/people.xml";
  const files = {
    "xl/workbook.xml": '<workbook><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Target="worksheets/people.xml"/></Relationships>',
    [part]: `<worksheet>${" ".repeat(2_000_000)}</worksheet>`,
  };
  return zipOf(files, { [part]: 10, ...sizes });
}

function withDoctype(): Buffer {
  return makeXlsx([["a"]], {
    "xl/worksheets/people.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>',
  });
}

describe("what is no table of people is refused as it comes in", () => {
  test.each([
    ["nothing", Buffer.alloc(0), "empty"],
    ["NUL bytes", Buffer.from("a,b\n1\0,2\n"), "NUL"],
    ["a line of 2 MB", Buffer.alloc(2_000_000, "x"), "longer than 1 MB"],
    [
      "a line of 2 MB after short ones",
      Buffer.concat([Buffer.from("a\n"), Buffer.alloc(2_000_000, "x")]),
      "longer than 1 MB",
    ],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), "compressed"],
    ["an old Excel file", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), ".xlsx"],
    ["a PDF", Buffer.from("%PDF-1.7"), "PDF"],
    ["a web page", Buffer.from("\n<!DOCTYPE html><p>"), "web page"],
    ["JSON", Buffer.from('[{"a":1}]'), "JSON"],
  ])("%s", (_name, bytes, words) => {
    expect(() => inspect(bytes, 65_536)).toThrow(words);
  });

  test("a quote that is never closed is told with its place, before it has eaten the file", async () => {
    const file = Buffer.from(`a,b\n"open,1\n${"2,3\n".repeat(400_000)}`);
    await expect(rowsOf(file, 65_536)).rejects.toMatchObject({
      code: "bad_request",
      message: expect.stringContaining("quote"),
    });
  });

  test("too many columns are told as that", async () => {
    await expect(rowsOf(Buffer.from(`${"x,".repeat(10_000)}\n`), 65_536)).rejects.toMatchObject({
      message: expect.stringContaining("200 columns"),
    });
  });
});
