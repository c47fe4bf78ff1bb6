import type { Note } from "../../domain/connector.ts";

const MAX_ENTRY_CHARS = 8_000;
const CUT = "\n[The rest is in Rolodesk]";

/** BigCommerce names no limit for a customer's notes; a database's usual text column holds 65,535 bytes. */
export const MAX_NOTES_BYTES = 60_000;

/** What our own entry is recognised by among a customer's notes. */
export function noteMarker(key: string): string {
  return `ref ${key}`;
}

/** Below what stands there already: the note as plain text, ending with the line that carries the key. */
export function withEntry(notes: string, { body, at }: Note, key: string): string {
  const text = body.replaceAll("\r\n", "\n");
  const kept = text.length <= MAX_ENTRY_CHARS ? text : cutAt(text, MAX_ENTRY_CHARS - CUT.length) + CUT;
  const entry = `${kept}\nRolodesk, ${at.replace("T", " ").slice(0, 16)} UTC, ${noteMarker(key)}`;
  return notes === "" ? entry : `${notes}\n\n${entry}`;
}

/** Without half of a character at the end. */
function cutAt(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
