import type { ComponentChildren } from "preact";
import { PageTabs, type PageTabsProps } from "./page-tabs.tsx";

interface ListPageProps {
  title: string;
  /** Beside the title. */
  actions?: ComponentChildren;
  tabs: PageTabsProps["tabs"];
  children: ComponentChildren;
}

/** A page of one area: its title, the way to the area's other pages, then what is listed. */
export function ListPage({ title, actions, tabs, children }: ListPageProps) {
  return (
    <div class="log-page">
      <header class="log-head">
        <div class="log-title log-title-actions">
          <h1>{title}</h1>
          {actions}
        </div>
        <PageTabs label={title} tabs={tabs} />
      </header>
      {children}
    </div>
  );
}
