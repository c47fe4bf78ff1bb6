import type { ContactChoice } from "@rolodesk/shared/dry-run";
import { useEffect, useState } from "preact/hooks";
import { TextField } from "../../../components/field.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { searchContacts } from "../../../endpoints/dry-run.ts";
import { useResource } from "../../../use-resource.ts";

const TYPING_PAUSE_MS = 200;

interface ContactPickerProps {
  chosen: string | null;
  onChosen: (contactId: string) => void;
}

/** Searches our contacts and lets one be chosen; before anything is typed, the latest. */
export function ContactPicker({ chosen, onChosen }: ContactPickerProps) {
  const [text, setText] = useState("");
  const [search, setSearch] = useState("");
  const found = useResource(`dry-run-contacts-${search}`, () => searchContacts(search));
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => setSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <div class="dry-run-picker">
      <TextField
        label="Search contacts"
        hint="A name, an email address or a phone number."
        value={text}
        onValue={setText}
      />
      {found.problem && <ErrorCard message={found.problem} onRetry={found.reload} />}
      {!found.data && !found.problem && <Skeleton lines={3} label="Loading contacts" />}
      {found.data?.contacts.length === 0 && (
        <EmptyState>
          {search === "" ? "No visitor has given an email or a phone number yet." : "No contact fits these words."}
        </EmptyState>
      )}
      <fieldset class="dry-run-contacts">
        <legend class="ui-sr">Contact</legend>
        {found.data?.contacts.map((contact) => (
          <label key={contact.id} class="dry-run-contact">
            <input
              type="radio"
              name="dry-run-contact"
              checked={contact.id === chosen}
              onChange={() => onChosen(contact.id)}
            />
            <ContactLines contact={contact} />
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function ContactLines({ contact }: { contact: ContactChoice }) {
  const keys = [contact.email, contact.phone].filter((key) => key !== null);
  return (
    <span class="dry-run-contact-lines">
      <span class="dry-run-contact-name" dir="auto">
        {contact.name ?? keys[0] ?? "No name"}
      </span>
      <span class="ui-hint">{(contact.name ? keys : keys.slice(1)).join(" · ")}</span>
    </span>
  );
}
