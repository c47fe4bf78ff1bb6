import "../../theme/merge.css";
import type { ComponentChildren } from "preact";
import { ListPage } from "../../components/list-page.tsx";
import { currentUser } from "../../session.ts";

interface ContactsListProps {
  current: "directory" | "duplicates" | "merges" | "calls" | "erasures";
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** One of the pages about all contacts. */
export function ContactsList({ current, actions, children }: ContactsListProps) {
  const erasures = { path: "/contacts/erasures", label: "Erasures", current: current === "erasures" };
  return (
    <ListPage
      title="Contacts"
      actions={actions}
      tabs={[
        { path: "/contacts", label: "Everybody", current: current === "directory" },
        { path: "/contacts/duplicates", label: "Duplicates", current: current === "duplicates" },
        { path: "/contacts/merges", label: "Merges", current: current === "merges" },
        { path: "/contacts/calls", label: "Unknown calls", current: current === "calls" },
        ...(currentUser().role === "admin" ? [erasures] : []),
      ]}
    >
      {children}
    </ListPage>
  );
}
