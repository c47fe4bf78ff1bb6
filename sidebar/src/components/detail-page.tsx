import { ChevronLeft } from "lucide";
import type { ComponentChildren } from "preact";
import { followLink, hrefOf } from "../router.ts";
import { Icon } from "./icon.tsx";

interface DetailPageProps {
  /** The list it belongs to. */
  back: { path: string; label: string };
  /** As wide as the window, for tables of many columns. */
  wide?: boolean;
  children: ComponentChildren;
}

/** A page about one thing, with the way back to all of its kind. */
export function DetailPage({ back, wide = false, children }: DetailPageProps) {
  return (
    <div class={wide ? "log-page log-page-wide" : "log-page"}>
      <a class="log-back" href={hrefOf(back.path)} onClick={followLink}>
        <Icon node={ChevronLeft} />
        {back.label}
      </a>
      {children}
    </div>
  );
}
