export interface PersonName {
  readonly firstName: string | null;
  readonly lastName: string | null;
}

export function fullName({ firstName, lastName }: PersonName): string | null {
  return [firstName, lastName].filter(Boolean).join(" ").trim() || null;
}

/**
 * Whether two names can be one person's: every word of the shorter is in the longer, whatever the case and accents
 * (accents only: the vowel signs of Devanagari or Thai are letters of a name).
 * Unknown names never agree.
 */
export function namesAgree(a: PersonName, b: PersonName): boolean {
  const [shorter, longer] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.size - y.size);
  if (!shorter || !longer || shorter.size === 0) return false;
  return [...shorter].every((word) => longer.has(word));
}

function wordsOf(name: PersonName): Set<string> {
  const plain = (fullName(name) ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return new Set(plain.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean));
}
