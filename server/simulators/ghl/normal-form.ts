/** How HighLevel stores what it is given. */

/** Punctuation goes, junk stays: no check that such a number can exist. */
export function storedPhone(typed: string): string {
  const digits = typed.replace(/\D/g, "");
  return digits === "" ? "" : `+${digits}`;
}

export function storedTags(typed: readonly string[]): string[] {
  return [...new Set(typed.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ""))];
}

/** `name` is split at its first space; the answer of GET has no `name`. */
export function splitName(name: string): { firstName: string; lastName: string } {
  const [firstName = "", ...rest] = name.trim().split(/\s+/);
  return { firstName, lastName: rest.join(" ") };
}

/** The plain text beside a note's HTML. */
export function noteText(body: string): string {
  return body
    .replace(/<br\s*\/?>|<\/p>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&")
    .trim();
}
