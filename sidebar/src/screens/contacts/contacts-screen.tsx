import "../../theme/log.css";
import "../../theme/contacts.css";
import { matchPath, place } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { UnlinkedCallsPage } from "../phone-calls/unlinked-calls-page.tsx";
import { AddContactPage } from "./add-contact-page.tsx";
import { ContactPage } from "./contact-page.tsx";
import { readDirectoryFilter } from "./contacts-query.ts";
import { DirectoryPage } from "./directory-page.tsx";
import { DuplicatesPage } from "./duplicates-page.tsx";
import { ErasurePage } from "./erasure-page.tsx";
import { ErasuresPage } from "./erasures-page.tsx";
import { MergePage } from "./merge-page.tsx";
import { MergesPage } from "./merges-page.tsx";
import { UnmergePage } from "./unmerge-page.tsx";

/** Everybody we know: the directory, each person, and adding one. */
export function ContactsScreen({ path }: { path: string }) {
  const one = matchPath("/contacts/:id", path);
  const merge = matchPath("/contacts/merges/:id", path);
  const erasure = matchPath("/contacts/erasures/:id", path);
  const isAdmin = currentUser().role === "admin";
  const { query } = place.value;
  const filter = readDirectoryFilter(place.value.query);
  return (
    <main class="log">
      {path === "/contacts/new" ? (
        <AddContactPage />
      ) : path === "/contacts/duplicates" ? (
        <DuplicatesPage by={query.get("by") === "names" ? "names" : "keys"} />
      ) : path === "/contacts/merge" ? (
        <MergePage key={query.get("ids")} ids={(query.get("ids") ?? "").split(",").filter(Boolean)} />
      ) : path === "/contacts/merges" ? (
        <MergesPage />
      ) : path === "/contacts/calls" ? (
        <UnlinkedCallsPage />
      ) : path === "/contacts/erasures" && isAdmin ? (
        <ErasuresPage />
      ) : erasure?.id && isAdmin ? (
        <ErasurePage key={erasure.id} id={erasure.id} />
      ) : merge?.id ? (
        <UnmergePage key={merge.id} id={merge.id} />
      ) : one?.id ? (
        <ContactPage key={one.id} id={one.id} />
      ) : (
        <DirectoryPage filter={filter} />
      )}
    </main>
  );
}
