import { deflateRawSync } from "node:zlib";

type Cell = string | number | boolean | { readonly date: number } | { readonly inline: string } | null;

/** A small workbook as a spreadsheet saves it: shared texts, a date style, blank cells left out. */
export function makeXlsx(rows: readonly (readonly Cell[])[], extra: Readonly<Record<string, string>> = {}): Buffer {
  const texts: string[] = [];
  const sheet = rows.map(
    (row, at) =>
      `<row r="${at + 1}">${row.map((cell, column) => toXml(cell, `${letter(column)}${at + 1}`, texts)).join("")}</row>`,
  );
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return zipOf({
    "xl/workbook.xml": `${head}<workbook xmlns:r="r"><sheets><sheet name="Hidden" state="hidden" r:id="rId9"/><sheet name="People" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${head}<Relationships><Relationship Id="rId1" Target="worksheets/people.xml"/></Relationships>`,
    "xl/styles.xml": `${head}<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `${head}<sst>${texts.map((text) => `<si><t>${escapeXml(text)}</t><rPh><t>reading</t></rPh></si>`).join("")}</sst>`,
    "xl/worksheets/people.xml": `${head}<worksheet><sheetData>${sheet.join("")}</sheetData></worksheet>`,
    ...extra,
  });
}

function toXml(cell: Cell, reference: string, texts: string[]): string {
  if (cell === null) return "";
  if (typeof cell === "number") return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === "string") return `<c r="${reference}" t="s"><v>${texts.push(cell) - 1}</v></c>`;
  if ("date" in cell) return `<c r="${reference}" s="1"><v>${cell.date}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t>${escapeXml(cell.inline)}</t></is></c>`;
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** A zip archive of texts. `sizes` claims other sizes than the entries have. */
export function zipOf(files: Readonly<Record<string, string>>, sizes: Readonly<Record<string, number>> = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(Buffer.from(text));
    const size = sizes[name] ?? Buffer.byteLength(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\x05\x06"), end]);
}
