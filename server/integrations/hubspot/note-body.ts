/** HubSpot, notes guide: `hs_note_body` has at most 65,536 characters. It is shown as HTML. */
const MAX_BODY = 65_536;
const CUT = "<br>[The rest is in Rolodesk]";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\n": "<br>",
};

/** What our own note is recognised by among a contact's notes. */
export function noteMarker(key: string): string {
  return `Rolodesk note ${key}`;
}

/** The text as inert HTML that ends with the marker; a text that is too long is cut, and says so. */
export function noteBody(text: string, key: string): string {
  const ending = `<br><br>${noteMarker(key)}`;
  const room = MAX_BODY - ending.length;
  const pieces = Array.from(text.replaceAll("\r\n", "\n"), (character) => ENTITIES[character] ?? character);
  const whole = pieces.join("");
  if (whole.length <= room) return whole + ending;
  let length = 0;
  const kept = pieces.filter((piece) => {
    length += piece.length;
    return length <= room - CUT.length;
  });
  return kept.join("") + CUT + ending;
}
