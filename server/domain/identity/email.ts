export interface EmailKey {
  /** As it was written, trimmed, without invisible characters. */
  readonly value: string;
  /** What it is compared by: lower case, the domain in A-label form. `+tag` and dots are kept: they are never guessed. */
  readonly norm: string;
}

const MAX_CHARS = 254;
const MAX_LOCAL_CHARS = 64;

/** An email address a person could be reached at, or null. Linear in the length of the text. */
export function parseEmail(raw: string): EmailKey | null {
  const written = raw.trim();
  if (written.length > MAX_CHARS) return null; // first: normalising a run of combining marks takes quadratic time
  const value = written
    .replace(/\p{Cf}/gu, "")
    .trim()
    .normalize("NFC");
  const at = value.lastIndexOf("@");
  if (at < 1) return null;

  const local = value.slice(0, at);
  if (local.length > MAX_LOCAL_CHARS || !isDotAtom(local)) return null;
  const domain = toAsciiDomain(value.slice(at + 1));
  if (!domain) return null;
  return { value, norm: `${local.toLowerCase()}@${domain}` };
}

/** The key of an address as a CRM holds it; unreadable ones have none. */
export function emailNorm(raw: string): string | null {
  return parseEmail(raw)?.norm ?? null;
}

function isDotAtom(local: string): boolean {
  if (/[\s@<>(),;:\\"[\]\p{Cc}]/u.test(local)) return false;
  return !local.startsWith(".") && !local.endsWith(".") && !local.includes("..");
}

function toAsciiDomain(domain: string): string | null {
  if (/[\s/?#:@%\\[\]]/.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const ascii = new URL(`http://${domain}`).hostname;
  const labels = ascii.split(".");
  if (labels.length < 2 || labels.some((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return null;
  return /^\d+$/.test(labels.at(-1) ?? "") ? null : ascii;
}
