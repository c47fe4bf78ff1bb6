import "../../theme/merge.css";
import type { DuplicateGroup, ListDuplicates } from "@rolodesk/shared/contact-merge";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { Dotted } from "../../components/dotted.tsx";
import { Paged } from "../../components/paged.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { dismissDuplicates, listDuplicates } from "../../endpoints/merges.ts";
import { followLink, hrefOf, navigate } from "../../router.ts";
import { showToast } from "../../toasts.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { ContactsList } from "./contacts-list.tsx";
import { candidateAbout, candidateLabel, whyText } from "./merge-words.ts";

type By = ListDuplicates["by"];
type Group = DuplicateGroup & { id: string };

/** Contacts that may be one person, a group at a time. Nothing is merged by itself. */
export function DuplicatesPage({ by }: { by: By }) {
  useTitle("Duplicates");
  const pages = usePages<Group>({
    key: `duplicates ${by}`,
    async read(page) {
      const { items, nextCursor } = await listDuplicates(by, page);
      return { nextCursor, items: items.map((group) => ({ ...group, id: idsOf(group).join(",") })) };
    },
    follows: ({ kind }) => kind === "contact",
  });
  return (
    <ContactsList current="duplicates">
      <Segmented
        label="Find by"
        value={by}
        options={[
          { value: "keys", label: "Same email or phone" },
          { value: "names", label: "Alike by name" },
        ]}
        onValue={(value) => navigate(`/contacts/duplicates${value === "names" ? "?by=names" : ""}`, { replace: true })}
      />
      <Paged
        pages={pages}
        loading="Looking for duplicates"
        lines={8}
        empty={
          <EmptyState>
            {by === "keys"
              ? "No two contacts share an email or a phone."
              : "No two contacts are alike by name and company."}
          </EmptyState>
        }
      >
        {(groups) => groups.map((group) => <GroupCard key={group.id} group={group} onSettled={pages.reload} />)}
      </Paged>
    </ContactsList>
  );
}

function idsOf({ contacts }: DuplicateGroup): string[] {
  return contacts.map(({ id }) => id);
}

function GroupCard({ group, onSettled }: { group: Group; onSettled: () => void }) {
  const [busy, setBusy] = useState(false);
  async function dismiss(): Promise<void> {
    setBusy(true);
    try {
      await dismissDuplicates(idsOf(group));
      showToast("They are not suggested together again.");
      onSettled();
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    } finally {
      setBusy(false);
    }
  }
  return (
    <section class="queue-card" aria-label={whyText(group)}>
      <p class="merge-why" dir="auto">
        {whyText(group)}
      </p>
      <ul class="merge-people">
        {group.contacts.map((contact) => (
          <li key={contact.id}>
            <Avatar label={candidateLabel(contact)} size={36} />
            <span class="merge-person">
              <a class="timeline-title" href={hrefOf(`/contacts/${contact.id}`)} onClick={followLink} dir="auto">
                {candidateLabel(contact)}
              </a>
              <span class="ui-hint">
                <Dotted parts={candidateAbout(contact)} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div class="ui-row">
        <a
          class="ui-button ui-button-outline ui-button-small"
          href={hrefOf(`/contacts/merge?ids=${group.id}`)}
          onClick={followLink}
        >
          Compare and merge
        </a>
        <Button small look="quiet" busy={busy} onClick={() => void dismiss()}>
          Not duplicates
        </Button>
      </div>
    </section>
  );
}
