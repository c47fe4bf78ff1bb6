import { ChevronLeft } from "lucide";
import { followLink, hrefOf } from "../router.ts";
import { Icon } from "./icon.tsx";

export interface BackLinkProps {
  path: string;
  label: string;
}

/** The way from one thing back to the list it belongs to. */
export function BackLink({ path, label }: BackLinkProps) {
  return (
    <a class="ui-back" href={hrefOf(path)} onClick={followLink}>
      <Icon node={ChevronLeft} />
      {label}
    </a>
  );
}
