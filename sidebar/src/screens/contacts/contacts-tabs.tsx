import "../../theme/merge.css";
import { PageTabs } from "../../components/page-tabs.tsx";
import { currentUser } from "../../session.ts";

/** The pages about all contacts. */
export function ContactsTabs({ current }: { current: "directory" | "duplicates" | "merges" | "calls" | "erasures" }) {
  const erasures = { path: "/contacts/erasures", label: "Erasures", current: current === "erasures" };
  return (
    <PageTabs
      label="Contacts"
      tabs={[
        { path: "/contacts", label: "Everybody", current: current === "directory" },
        { path: "/contacts/duplicates", label: "Duplicates", current: current === "duplicates" },
        { path: "/contacts/merges", label: "Merges", current: current === "merges" },
        { path: "/contacts/calls", label: "Unknown calls", current: current === "calls" },
        ...(currentUser().role === "admin" ? [erasures] : []),
      ]}
    />
  );
}
