import { parsePhone } from "../identity/phone.ts";

export interface FilePhone {
  readonly norm: string | null;
  /** Why there is none; null when there is. */
  readonly problem: string | null;
}

/**
 * Numbers in E.164 of countries whose plans have one length and no exceptions: what `parsePhone` makes of them is known
 * without asking it, which takes forty times as long. A test compares the two.
 */
const PLAIN_E164 = /^\+(?:1[2-9]\d{2}[2-9]\d{6}|44[1-37-9]\d{9}|61[2-478]\d{8}|33[1-9]\d{8}|34[6-9]\d{8})$/;
const SCIENTIFIC = /^\+?\d+([.,]\d+)?e\+?\d+$/i;

/** A telephone number of a file. `countries` are for numbers without `+`, tried in order. */
export function readPhone(text: string, countries: readonly (string | null)[]): FilePhone {
  if (PLAIN_E164.test(text)) return { norm: text, problem: null };
  if (SCIENTIFIC.test(text)) {
    return {
      norm: null,
      problem: `A spreadsheet shortened this number to ${text} and its digits are lost. Format the column as text there and save it again.`,
    };
  }
  const phone = parsePhone(text, countries);
  if (phone) return { norm: phone.norm, problem: null };
  const known = countries.some((country) => country !== null);
  const asks =
    known || text.trimStart().startsWith("+")
      ? ""
      : " Write it with + and the country's code, or name the file's country.";
  return { norm: null, problem: `This is not a telephone number we can read.${asks}` };
}
