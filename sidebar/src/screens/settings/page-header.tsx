import { ChevronLeft } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "../../components/icon.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { useTitle } from "../../use-title.ts";

interface PageHeaderProps {
  title: string;
  lead?: ComponentChildren;
  /** Where the page above is. */
  back?: { path: string; label: string };
  action?: ComponentChildren;
}

export function PageHeader({ title, lead, back, action }: PageHeaderProps) {
  useTitle(title);
  return (
    <header class="settings-header">
      {back && (
        <a class="settings-back" href={hrefOf(back.path)} onClick={followLink}>
          <Icon node={ChevronLeft} />
          {back.label}
        </a>
      )}
      <div class="settings-title">
        <h2>{title}</h2>
        {action}
      </div>
      {lead && <p class="settings-lead">{lead}</p>}
    </header>
  );
}
