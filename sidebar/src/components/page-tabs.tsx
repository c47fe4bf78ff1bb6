import { followLink, hrefOf } from "../router.ts";

export interface PageTabsProps {
  label: string;
  tabs: readonly { path: string; label: string; current: boolean }[];
}

/** Links between the pages of one area. */
export function PageTabs({ label, tabs }: PageTabsProps) {
  return (
    <nav class="log-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.path} href={hrefOf(tab.path)} aria-current={tab.current ? "page" : undefined} onClick={followLink}>
          {tab.label}
        </a>
      ))}
    </nav>
  );
}
