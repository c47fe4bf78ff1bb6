import type { ChangeContact, ContactDetail } from "@rolodesk/shared/contact";
import { useEffect } from "preact/hooks";
import { Avatar } from "../../components/avatar.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { deleteContactKey, patchContact, readContact } from "../../endpoints/contacts.ts";
import { navigate } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { DoNotContact } from "../crm/do-not-contact.tsx";
import { ContactPhoneCalls } from "../phone-calls/contact-phone-calls.tsx";
import { ContactChannels } from "./contact-channels.tsx";
import { ContactFields } from "./contact-fields.tsx";
import { ContactKeys } from "./contact-keys.tsx";
import { ContactLinks } from "./contact-links.tsx";
import { ContactTags } from "./contact-tags.tsx";
import { ContactTimeline } from "./contact-timeline.tsx";
import { SOURCE_WORDS } from "./contact-words.ts";
import { EraseCard } from "./erase-card.tsx";

/** One person with everything that is known of them. */
export function ContactPage({ id }: { id: string }) {
  const contact = useResource(
    `contact:${id}`,
    () => readContact(id),
    ({ contactId, kind }) => contactId === id || (kind === "contact" && contactId === null),
  );
  const { data } = contact;
  useTitle(data?.label ?? "Contact");
  useEffect(() => {
    if (data && data.id !== id) navigate(`/contacts/${data.id}`, { replace: true });
  }, [data?.id]);

  return (
    <DetailPage back={{ path: "/contacts", label: "Contacts" }}>
      <Loaded of={contact} loading="Loading the contact" lines={8}>
        {(person) => <Person contact={person} onChanged={contact.set} />}
      </Loaded>
    </DetailPage>
  );
}

interface PersonProps {
  contact: ContactDetail;
  onChanged: (contact: ContactDetail) => void;
}

function Person({ contact, onChanged }: PersonProps) {
  const change = async (values: ChangeContact) => onChanged(await patchContact(contact.id, values));
  const removeKey = async (keyId: string) => onChanged(await deleteContactKey(contact.id, keyId));
  return (
    <>
      <header class="contact-head">
        <Avatar label={contact.label} size={48} />
        <div class="contact-names">
          <h1 dir="auto">{contact.label}</h1>
          <p class="log-lead" dir="auto">
            {[contact.title, contact.company].filter(Boolean).join(", ")}
          </p>
          <p class="ui-hint" dir="auto">
            {SOURCE_WORDS[contact.source]}
            {contact.sourceDetail && ` (${contact.sourceDetail})`} · added <RelativeTime at={contact.createdAt} />
          </p>
        </div>
      </header>
      <DoNotContact channels={contact.doNotContact} />
      <div class="contact-columns">
        <div class="contact-side">
          <ContactKeys contact={contact} onRemove={removeKey} />
          <ContactFields contact={contact} onChange={change} />
          <ContactTags tags={contact.tags} onChange={(tags) => change({ tags })} />
          <ContactChannels channels={contact.doNotContact} onChange={(doNotContact) => change({ doNotContact })} />
          <ContactLinks links={contact.links} />
          {currentUser().role === "admin" && <EraseCard contactId={contact.id} />}
        </div>
        <div class="contact-side">
          <ContactPhoneCalls contactId={contact.id} quiet />
          <ContactTimeline contactId={contact.id} />
        </div>
      </div>
    </>
  );
}
