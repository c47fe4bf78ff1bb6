import type { ComponentChildren } from "preact";
import { BackLink, type BackLinkProps } from "../../components/back-link.tsx";
import { useTitle } from "../../use-title.ts";

interface PageHeaderProps {
  title: string;
  lead?: ComponentChildren;
  /** Where the page above is. */
  back?: BackLinkProps;
  action?: ComponentChildren;
}

export function PageHeader({ title, lead, back, action }: PageHeaderProps) {
  useTitle(title);
  return (
    <header class="settings-header">
      {back && <BackLink {...back} />}
      <div class="settings-title">
        <h2>{title}</h2>
        {action}
      </div>
      {lead && <p class="settings-lead">{lead}</p>}
    </header>
  );
}
