import "../../theme/log.css";
import "../../theme/contacts.css";
import { matchPath, place } from "../../router.ts";
import { AddContactPage } from "./add-contact-page.tsx";
import { ContactPage } from "./contact-page.tsx";
import { readDirectoryFilter } from "./contacts-query.ts";
import { DirectoryPage } from "./directory-page.tsx";

/** Everybody we know: the directory, each person, and adding one. */
export function ContactsScreen({ path }: { path: string }) {
  const one = matchPath("/contacts/:id", path);
  const filter = readDirectoryFilter(place.value.query);
  return (
    <main class="log">
      {path === "/contacts/new" ? (
        <AddContactPage />
      ) : one?.id ? (
        <ContactPage key={one.id} id={one.id} />
      ) : (
        <DirectoryPage filter={filter} />
      )}
    </main>
  );
}
