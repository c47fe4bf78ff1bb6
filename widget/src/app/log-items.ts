import type { Bubble } from "./bubbles.ts";

/** What stands below each other in the log. */
export type LogItem =
  | { kind: "day"; key: string; at: string }
  | { kind: "event"; key: string; bubble: Bubble }
  | { kind: "group"; key: string; mine: boolean; author: string | null; bubbles: Bubble[] };

const GROUP_WITHIN_MS = 3 * 60_000;

/** Bubbles of one author within three minutes stand together; a day line stands before the first of each day. */
export function logItems(bubbles: readonly Bubble[]): LogItem[] {
  const items: LogItem[] = [];
  let day = "";
  for (const bubble of bubbles) {
    const date = new Date(bubble.at).toDateString();
    if (date !== day) items.push({ kind: "day", key: `day ${date} ${bubble.clientId}`, at: bubble.at });
    day = date;
    if (bubble.kind === "event") items.push({ kind: "event", key: bubble.clientId, bubble });
    else addToGroup(items, bubble);
  }
  return items;
}

function addToGroup(items: LogItem[], bubble: Bubble): void {
  const mine = bubble.kind === "visitor";
  const last = items.at(-1);
  if (last?.kind === "group" && last.mine === mine && last.author === bubble.author && isClose(last.bubbles, bubble)) {
    last.bubbles.push(bubble);
    return;
  }
  items.push({ kind: "group", key: bubble.clientId, mine, author: bubble.author, bubbles: [bubble] });
}

function isClose(group: readonly Bubble[], next: Bubble): boolean {
  const last = group.at(-1);
  return last !== undefined && Date.parse(next.at) - Date.parse(last.at) < GROUP_WITHIN_MS;
}
