export type Command =
  | "next"
  | "previous"
  | "reply"
  | "note"
  | "assign"
  | "end"
  | "search"
  | "help"
  | "palette"
  | "close";

export const SHORTCUTS: readonly { keys: string; does: string }[] = [
  { keys: "J", does: "Next conversation" },
  { keys: "K", does: "Previous conversation" },
  { keys: "Enter", does: "Open the focused conversation" },
  { keys: "R", does: "Write a reply" },
  { keys: "N", does: "Write a private note" },
  { keys: "A", does: "Assign the conversation" },
  { keys: "E", does: "End or reopen the conversation" },
  { keys: "/", does: "Search the inbox" },
  { keys: "?", does: "Show these shortcuts" },
  { keys: "Ctrl K", does: "Find an action or a conversation" },
  { keys: "Esc", does: "Leave what is open" },
];

type Handlers = Partial<Record<Command, () => void>>;
const stack: Handlers[] = [];

/**
 * Answers commands until the returned function is called; what registered last answers first. Called in a layout effect, a key works
 * as soon as what it is for is shown; in an effect, one pressed at once would go to what was shown before.
 */
export function onCommand(handlers: Handlers): () => void {
  stack.push(handlers);
  return () => {
    stack.splice(stack.indexOf(handlers), 1);
  };
}

export function runCommand(command: Command): boolean {
  const handler = stack.findLast((handlers) => handlers[command])?.[command];
  handler?.();
  return handler !== undefined;
}

const SINGLE_KEYS: Readonly<Record<string, Command>> = {
  j: "next",
  k: "previous",
  r: "reply",
  n: "note",
  a: "assign",
  e: "end",
  "/": "search",
  "?": "help",
};

/** The command of a key press. Single letters are commands only where nothing is being written. */
export function commandOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
  writing: boolean,
): Command | null {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return "palette";
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "Escape") return "close";
  return writing ? null : (SINGLE_KEYS[event.key.toLowerCase()] ?? null);
}

const WRITING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(WRITING) !== null;
}

export function listenForKeys(): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const writing = isWriting(event.target);
    const command = commandOf(event, writing);
    if (!command) return;
    if (command === "close" && writing && event.target instanceof HTMLElement) {
      event.target.blur();
      return;
    }
    if (runCommand(command)) event.preventDefault();
  }
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
