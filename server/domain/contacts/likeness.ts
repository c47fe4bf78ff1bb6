export interface NamedPerson {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
}

/**
 * From here on two contacts are suggested as duplicates. What that is worth is known of the people whom
 * `tests/support/labelled-people.ts` makes up, and of no others: at least 98 in 100 suggestions are right, seven in ten duplicates
 * are suggested. The curve is in `docs/benchmarks.md`.
 */
export const LIKE_ENOUGH = 0.9;

const LEGAL_FORMS = new Set(
  "ag bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd nv oy plc pty sa sarl sas se spa srl".split(
    " ",
  ),
);

/** Short and long forms of one name, a family a line. */
const SHORT_FORMS = [
  "alexander alex sasha",
  "andrew andy drew",
  "anthony tony",
  "benjamin ben",
  "catherine katherine kate katie cathy kathy",
  "charles charlie chuck",
  "christopher chris",
  "daniel dan danny",
  "edward ed eddie ted",
  "elizabeth liz beth lizzie",
  "james jim jimmy jamie",
  "jennifer jen jenny",
  "jonathan jon",
  "joseph joe",
  "margaret maggie meg peggy",
  "matthew matt",
  "michael mike mick",
  "nicholas nick",
  "patricia pat patty trish",
  "richard rich rick dick",
  "robert rob bob bobby",
  "samuel sam",
  "stephen steven steve",
  "susan sue susie",
  "thomas tom tommy",
  "timothy tim",
  "william will bill billy",
].map((family) => new Set(family.split(" ")));

/**
 * How likely two contacts are one person by name and company alone, from 0 to 1. It suggests; nothing is ever merged for it. A part
 * that is missing on either side says nothing, and nothing said is no likeness.
 */
export function likeness(a: NamedPerson, b: NamedPerson): number {
  const name = likeNames([plain(a.firstName), plain(a.lastName)], [plain(b.firstName), plain(b.lastName)]);
  const [companyA, companyB] = [companyOf(a.company), companyOf(b.company)];
  if (name === 0 || !companyA || !companyB) return 0;
  const company = digitsOf(companyA) === digitsOf(companyB) ? similarity(companyA, companyB) : 0;
  return name * (0.5 + 0.5 * company);
}

function likeNames([firstA, lastA]: readonly [string, string], [firstB, lastB]: readonly [string, string]): number {
  if (!firstA || !firstB || !lastA || !lastB) return 0;
  const straight = likeFirst(firstA, firstB) * similarity(lastA, lastB);
  const crossed = similarity(firstA, lastB) * similarity(lastA, firstB) * 0.98;
  return Math.max(straight, crossed);
}

function likeFirst(a: string, b: string): number {
  if (a === b) return 1;
  const [wordA, wordB] = [a.split(" ")[0] ?? a, b.split(" ")[0] ?? b];
  if (wordA === wordB) return 0.97;
  if (SHORT_FORMS.some((family) => family.has(wordA) && family.has(wordB))) return 0.96;
  if (wordA.length === 1 || wordB.length === 1) return wordA[0] === wordB[0] ? 0.88 : 0;
  // Anna and Anne, Jan and Jana, Lina and Nina are two people: a slip is inside of a name
  return a[0] === b[0] && a.at(-1) === b.at(-1) ? similarity(a, b) : 0;
}

function plain(text: string | null): string {
  return (text ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

function companyOf(text: string | null): string {
  const words = plain((text ?? "").replaceAll(".", "")).split(" ");
  const own = words.filter((word) => !LEGAL_FORMS.has(word));
  return (own.length > 0 ? own : words).join(" ");
}

/** Branches and years: with another number it is another company. */
function digitsOf(text: string): string {
  return text.replace(/\P{N}+/gu, " ").trim();
}

/** Edits between two words, swapped neighbours counted once, beside the length: one slip in a long word is little, in a short one another word. */
function similarity(a: string, b: string): number {
  if (a === b) return 1;
  const longest = Math.max(a.length, b.length);
  if (longest < 5 || Math.abs(a.length - b.length) > 2) return 0;
  const edits = editsBetween(a, b);
  if (edits > 2) return 0;
  return edits === 1 ? 1 - 0.4 / longest : 1 - 1.2 / longest;
}

function editsBetween(a: string, b: string): number {
  let [twoAgo, before] = [[] as number[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (before[j] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, (twoAgo[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [twoAgo, before] = [before, row];
  }
  return before[b.length] ?? 0;
}
