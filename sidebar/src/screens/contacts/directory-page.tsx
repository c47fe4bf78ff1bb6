import type { ContactSummary } from "@rolodesk/shared/contact";
import { Download, UserRoundPlus } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { readUsers, users } from "../../directory.ts";
import { contactsCsvHref, listContacts } from "../../endpoints/contacts.ts";
import { followLink, hrefOf, navigate } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { ContactFilters } from "./contact-filters.tsx";
import { ContactRow } from "./contact-row.tsx";
import { ContactsList } from "./contacts-list.tsx";
import { type DirectoryFilter, directorySearchOf, toContactFilter } from "./contacts-query.ts";
import { SavedViews } from "./saved-views.tsx";
import { TagBar } from "./tag-bar.tsx";

/** The contacts that fit the filters, the latest active first, to be read and tagged. */
export function DirectoryPage({ filter }: { filter: DirectoryFilter }) {
  useTitle("Contacts");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const search = directorySearchOf(filter);
  const pages = usePages({
    key: search,
    read: (page) => listContacts(toContactFilter(filter), page),
    follows: ({ kind }) => kind === "contact",
  });
  const show = (change: Partial<DirectoryFilter>) =>
    navigate(`/contacts${directorySearchOf({ ...filter, ...change })}`, { replace: true });

  function choose(contacts: readonly ContactSummary[], on: boolean): void {
    const next = new Set(chosen);
    for (const { id } of contacts) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  }
  return (
    <ContactsList current="directory" actions={<Actions filter={filter} />}>
      <ContactFilters filter={filter} onShow={show} />
      <SavedViews filter={filter} />
      <Paged pages={pages} loading="Loading contacts" lines={8} empty={<NoContacts narrowed={search !== ""} />}>
        {(items) => (
          <>
            <TagBar
              filter={toContactFilter(filter)}
              shown={items}
              selected={items.filter(({ id }) => chosen.has(id))}
              hasMore={pages.hasMore}
              onChoose={(on) => choose(items, on)}
              onTagged={() => {
                setChosen(new Set());
                pages.reload();
              }}
            />
            <ul class="log-rows" aria-label="Contacts">
              {items.map((contact) => (
                <ContactRow
                  key={contact.id}
                  contact={contact}
                  chosen={chosen.has(contact.id)}
                  onChoose={(on) => choose([contact], on)}
                />
              ))}
            </ul>
          </>
        )}
      </Paged>
    </ContactsList>
  );
}

function Actions({ filter }: { filter: DirectoryFilter }) {
  const me = currentUser();
  useEffect(() => {
    if (users.value.length === 0) void readUsers();
  }, []);
  const mayAdd = me.role === "admin" || users.value.some(({ id, siteIds }) => id === me.id && siteIds.length === 0);
  return (
    <div class="ui-row">
      {me.role === "admin" && (
        <a class="ui-button ui-button-outline" href={contactsCsvHref(toContactFilter(filter))} download>
          <Icon node={Download} />
          <span>{directorySearchOf(filter) === "" ? "Save all as CSV" : "Save these as CSV"}</span>
        </a>
      )}
      {mayAdd && (
        <a class="ui-button ui-button-solid" href={hrefOf("/contacts/new")} onClick={followLink}>
          <Icon node={UserRoundPlus} />
          <span>Add contact</span>
        </a>
      )}
    </div>
  );
}

function NoContacts({ narrowed }: { narrowed: boolean }) {
  if (!narrowed)
    return <EmptyState>Nobody is known yet. People appear here when they chat or are brought in.</EmptyState>;
  const all = (
    <button type="button" class="ui-link" onClick={() => navigate("/contacts", { replace: true })}>
      Show everybody
    </button>
  );
  return <EmptyState action={all}>Nobody fits these filters.</EmptyState>;
}
