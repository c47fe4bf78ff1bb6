import type { ContactFilter, ContactSummary, TagContacts } from "@rolodesk/shared/contact";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { counted } from "../../counted.ts";
import { postTags } from "../../endpoints/contacts.ts";
import { showToast } from "../../toasts.ts";

interface TagBarProps {
  filter: ContactFilter;
  shown: readonly ContactSummary[];
  selected: readonly ContactSummary[];
  hasMore: boolean;
  onChoose: (on: boolean) => void;
  onTagged: () => void;
}

/** One request names at most this many. */
const MOST_NAMED = 500;

/** Chooses contacts, or all that fit, and gives them a tag or takes it off. */
export function TagBar({ filter, shown, selected, hasMore, onChoose, onTagged }: TagBarProps) {
  const [all, setAll] = useState(false);
  const [tag, setTag] = useState("");
  const [busy, setBusy] = useState<"add" | "remove" | null>(null);
  const every = selected.length === shown.length;
  const covers = all && every;
  const ready = tag.trim() !== "" && selected.length > 0 && (covers || selected.length <= MOST_NAMED);

  async function send(verb: "add" | "remove"): Promise<void> {
    const contacts: TagContacts["contacts"] = covers
      ? { kind: "filter", filter }
      : { kind: "ids", ids: selected.map(({ id }) => id) };
    setBusy(verb);
    try {
      const { changed } = await postTags({ contacts, [verb]: [tag] });
      showToast(`${counted(changed, "contact", "contacts")} ${verb === "add" ? "tagged" : "without the tag now"}.`);
      setTag("");
      onTagged();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(null);
    }
  }
  return (
    <div class="queue-bar">
      <input
        type="checkbox"
        class="queue-check"
        checked={every}
        aria-label="Choose all contacts shown"
        onChange={(event) => {
          setAll(false);
          onChoose(event.currentTarget.checked);
        }}
      />
      <p class="queue-chosen" role="status">
        {covers ? "All that fit are chosen" : counted(selected.length, "contact chosen", "contacts chosen")}
        {every && !all && hasMore && (
          <button type="button" class="ui-link" onClick={() => setAll(true)}>
            Choose all that fit
          </button>
        )}
      </p>
      {selected.length > 0 && (
        <form
          class="contacts-tagging"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !busy) void send("add");
          }}
        >
          <input
            class="ui-input"
            aria-label="Tag"
            placeholder="Tag"
            maxLength={60}
            value={tag}
            onInput={(event) => setTag(event.currentTarget.value)}
          />
          <Button small type="submit" busy={busy === "add"} disabled={!ready || busy === "remove"}>
            Add tag
          </Button>
          <Button
            small
            look="quiet"
            busy={busy === "remove"}
            disabled={!ready || busy === "add"}
            onClick={() => void send("remove")}
          >
            Remove tag
          </Button>
        </form>
      )}
    </div>
  );
}
