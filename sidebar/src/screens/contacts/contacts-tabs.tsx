import { PageTabs } from "../../components/page-tabs.tsx";

/** The pages about all contacts. */
export function ContactsTabs({ current }: { current: "directory" | "duplicates" | "merges" }) {
  return (
    <PageTabs
      label="Contacts"
      tabs={[
        { path: "/contacts", label: "Everybody", current: current === "directory" },
        { path: "/contacts/duplicates", label: "Duplicates", current: current === "duplicates" },
        { path: "/contacts/merges", label: "Merges", current: current === "merges" },
      ]}
    />
  );
}
