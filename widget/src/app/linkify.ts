/** A piece of a message: text, or text that leads somewhere. */
type Piece = string | { text: string; href: string };

/** The only schemes a link may have. */
const CANDIDATE = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"'`]+/gi;
const ENDING = ".,;:!?])}";

/** Splits a message into plain text and safe links. Text is never made into markup: pieces become nodes. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const shown = trimTrailing(match[0]);
    const href = safeHref(shown);
    if (!href) continue;
    if (match.index > rest) pieces.push(text.slice(rest, match.index));
    pieces.push({ text: shown, href });
    rest = match.index + shown.length;
  }
  if (rest < text.length) pieces.push(text.slice(rest));
  return pieces;
}

/** Punctuation after an address ends the sentence; a bracket the address itself opened belongs to it. */
function trimTrailing(candidate: string): string {
  let end = candidate.length;
  while (end > 0 && ENDING.includes(candidate.charAt(end - 1))) end--;
  const isBalanced = candidate.charAt(end) === ")" && candidate.slice(0, end).includes("(");
  return candidate.slice(0, isBalanced ? end + 1 : end);
}

function safeHref(candidate: string): string | null {
  if (!URL.canParse(candidate)) return null;
  const { protocol, href } = new URL(candidate);
  return ["http:", "https:", "mailto:", "tel:"].includes(protocol) ? href : null;
}
