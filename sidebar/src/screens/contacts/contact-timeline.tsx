import { TIMELINE_KINDS, type TimelineKind } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { Select } from "../../components/field.tsx";
import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { listTimeline } from "../../endpoints/contacts.ts";
import { usePages } from "../../use-pages.ts";
import { ContactNoteForm } from "./contact-note-form.tsx";
import { TimelineItem } from "./timeline-item.tsx";

const KIND_WORDS: Readonly<Record<TimelineKind, string>> = {
  conversation: "Conversations",
  note: "Notes",
  call: "Telephone calls",
  sync: "Syncs",
  import: "Imports from CRMs",
  file: "Imports from files",
  change: "Changes",
};

/** What happened with a person, newest first, and a place to write something down. */
export function ContactTimeline({ contactId }: { contactId: string }) {
  const [kind, setKind] = useState<TimelineKind | "">("");
  const pages = usePages({
    key: `${contactId}:${kind}`,
    read: (page) => listTimeline(contactId, kind, page),
    follows: (change) => change.contactId === contactId,
  });
  return (
    <section class="contact-history" aria-labelledby="contact-history">
      <div class="contacts-head">
        <h2 id="contact-history">History</h2>
        <Select
          aria-label="What is shown"
          value={kind}
          options={[
            { value: "", label: "Everything" },
            ...TIMELINE_KINDS.map((value) => ({ value, label: KIND_WORDS[value] })),
          ]}
          onValue={setKind}
        />
      </div>
      <ContactNoteForm contactId={contactId} onWritten={pages.reload} />
      <Paged
        pages={pages}
        loading="Loading the history"
        empty={<EmptyState>{kind ? "Nothing of this kind has happened yet." : "Nothing has happened yet."}</EmptyState>}
      >
        {(entries) => (
          <ol class="contact-timeline">
            {entries.map((entry) => (
              <TimelineItem key={`${entry.kind}:${entry.id}`} entry={entry} />
            ))}
          </ol>
        )}
      </Paged>
    </section>
  );
}
