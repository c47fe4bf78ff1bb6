import type { ContactSummary } from "@rolodesk/shared/contact";
import type { PhoneCall } from "@rolodesk/shared/phone-call";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Avatar } from "../../components/avatar.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Dotted } from "../../components/dotted.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { EmptyState, ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { listContacts } from "../../endpoints/contacts.ts";
import { givePhoneCall } from "../../endpoints/phone-calls.ts";
import { FilterSearch } from "../../filters/filter-search.tsx";
import { showToast } from "../../toasts.ts";
import { useResource } from "../../use-resource.ts";

const SHOWN = 8;

interface DialogProps {
  call: PhoneCall;
  onClose: () => void;
  onGiven: () => void;
}

/** Searches the contacts for whom a call was with, beginning with those who have its number. */
export function WhoseCallDialog({ call, onClose, onGiven }: DialogProps) {
  const [search, setSearch] = useState(call.phone ?? "");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { data, problem, reload } = useResource(`whose call ${search}`, () =>
    listContacts({ search }, { limit: SHOWN }),
  );

  async function give({ id, label }: ContactSummary): Promise<void> {
    setBusy(true);
    setRefused(null);
    try {
      await givePhoneCall(call.id, id);
      showToast(`The call is with ${label} now.`);
      onGiven();
      onClose();
    } catch (error) {
      setRefused(failureText(error));
      setBusy(false);
    }
  }
  return (
    <Dialog title="Who was this call with?" onClose={onClose}>
      <FilterSearch label="Search by name, email or phone" value={search} onSearch={setSearch} />
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={3} label="Loading contacts" />}
      {data?.items.length === 0 && (
        <EmptyState>
          {search === call.phone ? "No contact has this number. Search by name." : "No contact fits these words."}
        </EmptyState>
      )}
      <ul class="calls-people" aria-label="Contacts">
        {data?.items.map((contact) => (
          <li key={contact.id}>
            <button type="button" class="calls-person" disabled={busy} onClick={() => void give(contact)}>
              <Avatar label={contact.label} size={36} />
              <span class="log-row-main">
                <span class="log-row-name" dir="auto">
                  {contact.label}
                </span>
                <span class="log-row-about">
                  <Dotted
                    parts={[contact.company, contact.email, contact.phone].filter((part) => part !== contact.label)}
                  />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Refusal problem={refused} />
    </Dialog>
  );
}
