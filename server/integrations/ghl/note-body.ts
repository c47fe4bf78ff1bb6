import type { Note } from "../../domain/connector.ts";

/** A note as HTML, which is what HighLevel shows; its last line carries the key by which we know it again. */
export function toNoteBody(note: Note, key: string): string {
  const when = note.at.replace("T", " ").slice(0, 16);
  const lines = [...note.body.split(/\r?\n/), "", `Rolodesk, ${when} UTC, ${markerOf(key)}`];
  return lines.map(escapeHtml).join("<br>");
}

export function carriesKey(body: string, key: string): boolean {
  return body.includes(markerOf(key));
}

function markerOf(key: string): string {
  return `ref ${key}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
