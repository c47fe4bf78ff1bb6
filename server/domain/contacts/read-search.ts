/** What somebody typed into the directory's search, as it is looked for. All of it must be found. */
export interface ContactSearch {
  /** Each anywhere in the name, the company, the main email or the main phone. */
  readonly words: readonly string[];
  /** Each where one of these, or a word in them, begins. */
  readonly beginnings: readonly string[];
  /** Part of any of the email addresses and phone numbers; null: it can be none. */
  readonly key: string | null;
}

const PHONE_DIGITS_MIN = 4;
const KEY_CHARS_MIN = 4;
/** Below this no index knows what is inside of words. */
const INSIDE_CHARS_MIN = 3;
/** Scripts that put no space between words, so that one may begin anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * A phone number is found in any spelling by its digits: without `(0)`, leading zeros and extension, since keys have the
 * form `+442079460123`. For finding only: it never decides who somebody is.
 */
export function readSearch(search: string): ContactSearch {
  const text = search.normalize("NFKC").trim();
  const typed = text.split(/\s+/).filter(Boolean);
  const begins = (word: string) => [...word].length < INSIDE_CHARS_MIN && !UNSPACED.test(word);
  const [only = ""] = typed;
  const key = typed.length === 1 && only.length >= KEY_CHARS_MIN ? only.toLowerCase() : null;
  return {
    words: typed.filter((word) => !begins(word)),
    beginnings: typed.filter(begins),
    key: phoneDigits(text) ?? key,
  };
}

function phoneDigits(text: string): string | null {
  const number = text.replace(/(;ext=|\bext\.?|\bx)\s*\d*$/i, "");
  if (!/^[\d\s+().\-/\p{Cf}]+$/u.test(number)) return null;
  const digits = number.replace(/\(0\)/, "").replace(/\D/g, "").replace(/^0+/, "");
  return digits.length >= PHONE_DIGITS_MIN ? digits : null;
}
