import { h } from "preact";
import type { IconNode } from "../../icon-node.ts";

/** A lucide icon, drawn with the surrounding text's colour. Decorative: the control it is in has a name. */
export function Icon({ node, size = 20 }: { node: IconNode; size?: 16 | 20 }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {node.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
