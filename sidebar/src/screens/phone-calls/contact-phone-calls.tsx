import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { listContactPhoneCalls } from "../../endpoints/phone-calls.ts";
import { usePages } from "../../use-pages.ts";
import { PhoneCallItem } from "./phone-call-item.tsx";

/** A contact's telephone calls, newest first. `quiet`: nothing at all where there are none. */
export function ContactPhoneCalls({ contactId, quiet = false }: { contactId: string; quiet?: boolean }) {
  const pages = usePages({
    key: contactId,
    read: (page) => listContactPhoneCalls(contactId, page),
    follows: (change) => change.kind === "phone_call" && change.contactId === contactId,
  });
  const isEmpty = pages.items === null || pages.items.length === 0;
  if (quiet && isEmpty && !pages.problem) return null;
  return (
    <section class="calls" aria-labelledby="calls-title">
      <h2 id="calls-title">Calls</h2>
      <Paged
        pages={pages}
        loading="Loading the calls"
        lines={3}
        empty={<EmptyState>No telephone calls yet.</EmptyState>}
      >
        {(calls) => (
          <ol class="calls-list">
            {calls.map((call) => (
              <PhoneCallItem key={call.id} call={call} onChanged={pages.reload} />
            ))}
          </ol>
        )}
      </Paged>
    </section>
  );
}
