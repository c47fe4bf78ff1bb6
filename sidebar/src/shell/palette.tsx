import type { ConversationSummary } from "@rolodesk/shared/conversation";
import { useEffect, useId, useState } from "preact/hooks";
import { failureText } from "../api.ts";
import { Dialog } from "../components/dialog.tsx";
import { listConversations } from "../endpoints/conversations.ts";
import { type Command, runCommand } from "../keys.ts";
import { matchPath, navigate, place } from "../router.ts";
import { theme } from "../theme.ts";

interface Choice {
  key: string;
  label: string;
  note: string;
  run: () => void;
}

const SEARCH_PAUSE_MS = 150;
const FOUND_MAX = 6;

/** Type, move with the arrows, press Enter: an action, or a conversation. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(text.trim());
  const id = useId();
  const actions = actionChoices().filter((choice) => choice.label.toLowerCase().includes(text.trim().toLowerCase()));
  const choices = [...actions, ...found.choices];
  const chosen = choices[Math.min(at, choices.length - 1)];

  function run(choice: Choice | undefined): void {
    if (!choice) return;
    onClose();
    // after the dialog has given the focus back
    setTimeout(choice.run, 0);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && choices.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(chosen);
    }
  }
  return (
    <Dialog title="Find an action or a conversation" look="palette" onClose={onClose}>
      <input
        autofocus
        class="palette-input"
        role="combobox"
        aria-label="Find an action or a conversation"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen ? `${id}-${chosen.key}` : undefined}
        placeholder="Find an action or a conversation"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div class="palette-list" role="listbox" id={id} aria-label="Found">
        {choices.map((choice) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above answers the keys
          <div
            key={choice.key}
            id={`${id}-${choice.key}`}
            class="palette-choice"
            role="option"
            tabIndex={-1}
            aria-selected={choice === chosen}
            onClick={() => run(choice)}
          >
            <span class="ui-truncate">{choice.label}</span>
            {choice.note !== "" && <span class="palette-note">{choice.note}</span>}
          </div>
        ))}
      </div>
      {choices.length === 0 && <p class="palette-none">{found.problem ?? "Nothing matches."}</p>}
    </Dialog>
  );
}

function useFound(search: string): { choices: Choice[]; problem: string | null } {
  const [rows, setRows] = useState<readonly ConversationSummary[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    async function find(): Promise<void> {
      try {
        const page = await listConversations({ view: "all", status: "open", search }, { limit: FOUND_MAX });
        if (!left) setRows(page.items);
      } catch (error) {
        if (!left) setProblem(failureText(error));
      }
    }
    const timer = setTimeout(() => void find(), SEARCH_PAUSE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [search]);
  const choices = rows.map((row) => ({
    key: row.id,
    label: row.person.label,
    note: row.preview,
    run: () => navigate(`/inbox/${row.id}`),
  }));
  return { choices, problem };
}

function actionChoices(): Choice[] {
  const inThread: readonly [Command, string, string][] = [
    ["reply", "Write a reply", "R"],
    ["note", "Write a private note", "N"],
    ["assign", "Assign the conversation", "A"],
    ["end", "End or reopen the conversation", "E"],
  ];
  const places: readonly [string, string][] = [
    ["/inbox", "Go to the inbox"],
    ["/inbox?view=mine", "Show my conversations"],
    ["/inbox?view=unassigned", "Show unassigned conversations"],
    ["/contacts", "Go to the contacts"],
    ["/conflicts", "Go to the conflicts"],
    ["/sync", "Go to the sync log"],
    ["/sync/charts", "Show the sync charts"],
    ["/settings", "Open settings"],
  ];
  const open = matchPath("/inbox/:id", place.value.path) !== null;
  return [
    ...(open
      ? inThread.map(([command, label, note]) => ({ key: command, label, note, run: () => void runCommand(command) }))
      : []),
    ...places.map(([path, label]) => ({ key: path, label, note: "", run: () => navigate(path) })),
    {
      key: "theme",
      label: "Switch between light and dark",
      note: "",
      run: () => {
        theme.value = theme.value === "dark" ? "light" : "dark";
      },
    },
  ];
}
