import type { ContactSummary } from "@rolodesk/shared/contact";
import { BellOff } from "lucide";
import { Avatar } from "../../components/avatar.tsx";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Tag } from "../../components/tag.tsx";
import { counted } from "../../counted.ts";
import { followLink, hrefOf } from "../../router.ts";
import { channelsText } from "../crm/do-not-contact.tsx";

interface ContactRowProps {
  contact: ContactSummary;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}

const TAGS_SHOWN = 3;

/** One person of the directory. */
export function ContactRow({ contact, chosen, onChoose }: ContactRowProps) {
  const { label } = contact;
  return (
    <li class={`contacts-row${chosen ? " queue-row-chosen" : ""}`}>
      <input
        type="checkbox"
        class="queue-check"
        checked={chosen}
        aria-label={`Choose ${label}`}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <a class="contacts-link" href={hrefOf(`/contacts/${contact.id}`)} onClick={followLink}>
        <Avatar label={label} size={36} />
        <span class="log-row-main">
          <span class="log-row-name" dir="auto" title={label}>
            {label}
          </span>
          <span class="log-row-about contacts-about" dir="auto">
            {aboutOf(contact)}
          </span>
        </span>
        <RowTags contact={contact} />
        <span
          class="contacts-crms"
          role="img"
          aria-label={contact.linkedIn.length === 0 ? "In no CRM" : "Linked in a CRM"}
        >
          {contact.linkedIn.map((provider) => (
            <ProviderMark key={provider} provider={provider} />
          ))}
        </span>
        <RelativeTime at={contact.lastActivityAt} style="short" />
      </a>
    </li>
  );
}

function RowTags({ contact: { tags, doNotContact, pendingConflicts } }: { contact: ContactSummary }) {
  if (tags.length + doNotContact.length + pendingConflicts === 0) return <span class="contacts-none" />;
  return (
    <span class="contacts-tags">
      {doNotContact.length > 0 && (
        <Tag tone="danger" quiet icon={BellOff} title={`Do not contact by ${channelsText(doNotContact)}`}>
          Do not contact
        </Tag>
      )}
      {pendingConflicts > 0 && <Tag tone="amber">{counted(pendingConflicts, "conflict", "conflicts")}</Tag>}
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <Tag key={tag} tone="plain" title={tag}>
          {tag}
        </Tag>
      ))}
      {tags.length > TAGS_SHOWN && <Tag tone="plain">+{tags.length - TAGS_SHOWN}</Tag>}
    </span>
  );
}

/** What stands under the name: never the name again. */
function aboutOf({ label, title, company, email, phone }: ContactSummary): string {
  const work = [title, company].filter(Boolean).join(", ");
  return [work, email, phone].filter((part) => part && part !== label).join(" · ");
}
