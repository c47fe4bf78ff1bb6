/** What somebody typed into the directory's search, as it is looked for. */
export interface ContactSearch {
  /** Each must be found in the name, the company, the main email or the main phone. */
  readonly words: readonly string[];
  /** Part of any of the email addresses and phone numbers; null: it can be none. */
  readonly key: string | null;
}

const PHONE_DIGITS_MIN = 4;
const KEY_CHARS_MIN = 4;

/**
 * A phone number is found in any spelling by its digits: without `(0)`, leading zeros and extension, since keys have the
 * form `+442079460123`. For finding only: it never decides who somebody is.
 */
export function readSearch(search: string): ContactSearch {
  const text = search.normalize("NFKC").trim();
  const words = text.split(/\s+/).filter(Boolean);
  const digits = phoneDigits(text);
  if (digits !== null) return { words, key: digits };
  const [only] = words;
  return { words, key: words.length === 1 && only && only.length >= KEY_CHARS_MIN ? only.toLowerCase() : null };
}

function phoneDigits(text: string): string | null {
  const number = text.replace(/(;ext=|\bext\.?|\bx)\s*\d*$/i, "");
  if (!/^[\d\s+().\-/\p{Cf}]+$/u.test(number)) return null;
  const digits = number.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^0+/, "");
  return digits.length >= PHONE_DIGITS_MIN ? digits : null;
}
