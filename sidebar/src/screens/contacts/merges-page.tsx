import "../../theme/merge.css";
import { Paged } from "../../components/paged.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { listMerges } from "../../endpoints/merges.ts";
import { followLink, hrefOf } from "../../router.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { ContactsList } from "./contacts-list.tsx";
import { countsWords } from "./merge-words.ts";

/** Every merge, latest first: from here it is undone. */
export function MergesPage() {
  useTitle("Merges");
  const pages = usePages({ key: "merges", read: listMerges, follows: ({ kind }) => kind === "contact" });
  return (
    <ContactsList current="merges">
      <Paged pages={pages} loading="Loading merges" empty={<EmptyState>No contacts were merged yet.</EmptyState>}>
        {(merges) => (
          <ul class="log-rows" aria-label="Merges">
            {merges.map((merge) => (
              <li key={merge.id}>
                <a class="log-row merge-row" href={hrefOf(`/contacts/merges/${merge.id}`)} onClick={followLink}>
                  <span class="log-row-main">
                    <span class="log-row-name">
                      <bdi>{merge.merged.label}</bdi> into <bdi>{merge.survivor.label}</bdi>
                    </span>
                    <span class="log-row-about">
                      {merge.by}
                      {merge.moved.length > 0 && ` · ${countsWords(merge.moved)}`}
                    </span>
                  </span>
                  <span class="log-row-outcome">{merge.undoneAt && <Tag tone="plain">Undone</Tag>}</span>
                  <RelativeTime at={merge.at} style="short" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </ContactsList>
  );
}
