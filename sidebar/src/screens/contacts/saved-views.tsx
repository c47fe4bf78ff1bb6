import type { ContactView } from "@rolodesk/shared/contact";
import { X } from "lucide";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button, IconButton } from "../../components/button.tsx";
import { deleteContactView, postContactView, readContactViews } from "../../endpoints/contacts.ts";
import { focusWhenShown } from "../../focus-when-shown.ts";
import { followLink, hrefOf } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";
import { type DirectoryFilter, directorySearchOf, fromContactFilter, toContactFilter } from "./contacts-query.ts";

/** The user's own searches by name, and a way to keep the one that is shown. */
export function SavedViews({ filter }: { filter: DirectoryFilter }) {
  const views = useResource("contact-views", readContactViews);
  const [name, setName] = useState<string | null>(null);
  const search = directorySearchOf(filter);

  async function attempt(change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
      setName(null);
      views.reload();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    }
  }
  const known = views.data?.views ?? [];
  if (known.length === 0 && search === "") return null;
  return (
    <div class="contacts-views">
      {known.map((view) => (
        <ViewLink
          key={view.id}
          view={view}
          current={search}
          onRemove={() => void attempt(() => deleteContactView(view.id))}
        />
      ))}
      {search !== "" && name === null && (
        <Button small look="quiet" onClick={() => setName("")}>
          Save this view
        </Button>
      )}
      {name !== null && (
        <form
          class="contacts-tagging"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") void attempt(() => postContactView({ name, filter: toContactFilter(filter) }));
          }}
        >
          <input
            class="ui-input"
            aria-label="Name of the view"
            placeholder="Name of the view"
            maxLength={60}
            value={name}
            ref={focusWhenShown}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <Button small type="submit">
            Save
          </Button>
          <Button small look="quiet" onClick={() => setName(null)}>
            Cancel
          </Button>
        </form>
      )}
    </div>
  );
}

function ViewLink({ view, current, onRemove }: { view: ContactView; current: string; onRemove: () => void }) {
  const search = directorySearchOf(fromContactFilter(view.filter));
  return (
    <span class="contacts-view">
      <a
        href={hrefOf(`/contacts${search}`)}
        aria-current={search === current ? "page" : undefined}
        onClick={followLink}
        dir="auto"
      >
        {view.name}
      </a>
      <IconButton small node={X} label={`Remove the view ${view.name}`} onClick={onRemove} />
    </span>
  );
}
