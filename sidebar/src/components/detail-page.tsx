import type { ComponentChildren } from "preact";
import { BackLink, type BackLinkProps } from "./back-link.tsx";

interface DetailPageProps {
  /** The list it belongs to. */
  back: BackLinkProps;
  /** As wide as the window, for tables of many columns. */
  wide?: boolean;
  children: ComponentChildren;
}

/** A page about one thing, with the way back to all of its kind. */
export function DetailPage({ back, wide = false, children }: DetailPageProps) {
  return (
    <div class={wide ? "log-page log-page-wide" : "log-page"}>
      <BackLink {...back} />
      {children}
    </div>
  );
}
