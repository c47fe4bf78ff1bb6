import type { PhoneCall } from "@rolodesk/shared/phone-call";
import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { listUnlinkedPhoneCalls } from "../../endpoints/phone-calls.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { ContactsList } from "../contacts/contacts-list.tsx";
import { PhoneCallItem } from "./phone-call-item.tsx";
import { WhoseCallDialog } from "./whose-call-dialog.tsx";

/** Telephone calls with nobody we know, newest first, for somebody who does. */
export function UnlinkedCallsPage() {
  useTitle("Calls without a contact");
  const [asked, setAsked] = useState<PhoneCall | null>(null);
  const pages = usePages({
    key: "unlinked calls",
    read: listUnlinkedPhoneCalls,
    follows: ({ kind }) => kind === "phone_call",
  });
  return (
    <ContactsList current="calls">
      <p class="ui-hint">
        Calls with nobody who is known: no contact has the number, several have it, or there is none. When one contact
        gets the number, its calls go there by themselves.
      </p>
      <Paged
        pages={pages}
        loading="Loading the calls"
        empty={<EmptyState>Every call has its contact. New ones without appear here.</EmptyState>}
      >
        {(calls) => (
          <ol class="calls-list" aria-label="Calls without a contact">
            {calls.map((call) => (
              <PhoneCallItem key={call.id} call={call} onChanged={pages.reload}>
                <Button small onClick={() => setAsked(call)}>
                  Choose the contact
                </Button>
              </PhoneCallItem>
            ))}
          </ol>
        )}
      </Paged>
      {asked && <WhoseCallDialog call={asked} onClose={() => setAsked(null)} onGiven={pages.reload} />}
    </ContactsList>
  );
}
