import type { MessageKind } from "@rolodesk/shared/vocabulary";

interface TranscriptLine {
  readonly kind: MessageKind;
  readonly authorName: string | null;
  readonly text: string;
  readonly at: Date;
}

/** Well under the least a CRM takes (HubSpot, 65,536 characters with markup). */
const MAX_CHARS = 30_000;

/** A conversation as plain text for a CRM's note; private notes stay with the agents. Times are UTC. */
export function transcriptText(siteName: string, visitorName: string | null, lines: readonly TranscriptLine[]): string {
  const said = lines.filter(({ kind }) => kind === "visitor" || kind === "agent");
  const [first] = said;
  const date = first ? first.at.toISOString().slice(0, 10) : "";
  const head = `Chat on ${siteName}, ${date} (times in UTC)\n`;

  let text = head;
  for (const [index, line] of said.entries()) {
    const author = line.authorName ?? (line.kind === "visitor" ? (visitorName ?? "Visitor") : "Agent");
    const next = `\n${line.at.toISOString().slice(11, 16)} ${author}: ${oneSpeakers(line.text)}`;
    if (text.length + next.length > MAX_CHARS)
      return `${text}\n… and ${said.length - index} more messages in Rolodesk.`;
    text += next;
  }
  return text;
}

/** Further lines of a message are marked, so that nobody writes one that reads like somebody else's. */
function oneSpeakers(text: string): string {
  return text.replace(/\r\n?|[\n\u0085\u2028\u2029]/g, "\n> ");
}
