import "../../theme/merge.css";
import { Paged } from "../../components/paged.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { listErasures } from "../../endpoints/erasures.ts";
import { followLink, hrefOf } from "../../router.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { ContactsList } from "./contacts-list.tsx";
import { ERASURE_TAGS } from "./erasure-words.ts";

/** Every erasure with its proof, for admins. Who they were is not known any more. */
export function ErasuresPage() {
  useTitle("Erasures");
  const pages = usePages({ key: "erasures", read: listErasures, follows: ({ kind }) => kind === "contact" });
  return (
    <ContactsList current="erasures">
      <Paged
        pages={pages}
        loading="Loading erasures"
        empty={<EmptyState>Nobody was erased yet. A contact’s page does it.</EmptyState>}
      >
        {(erasures) => (
          <ul class="log-rows" aria-label="Erasures">
            {erasures.map((one) => (
              <li key={one.id}>
                <a class="log-row merge-row" href={hrefOf(`/contacts/erasures/${one.id}`)} onClick={followLink}>
                  <span class="log-row-main">
                    <span class="log-row-name">Contact {one.contactId}</span>
                    <span class="log-row-about" dir="auto">
                      Asked for by {one.askedBy}
                    </span>
                  </span>
                  <span class="log-row-outcome">
                    <Tag tone={ERASURE_TAGS[one.status].tone}>{ERASURE_TAGS[one.status].text}</Tag>
                  </span>
                  <RelativeTime at={one.at} style="short" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </ContactsList>
  );
}
