import type { PersonName } from "../identity/name.ts";

/** `Ana Demo` and `Demo, Ana`; a single word is a first name. */
export function splitName(text: string): PersonName {
  const name = text.trim().replace(/\s+/g, " ");
  const comma = name.indexOf(",");
  if (comma > 0) return { firstName: name.slice(comma + 1).trim() || null, lastName: name.slice(0, comma).trim() };
  const space = name.indexOf(" ");
  if (space < 0) return { firstName: name || null, lastName: null };
  return { firstName: name.slice(0, space), lastName: name.slice(space + 1) };
}
