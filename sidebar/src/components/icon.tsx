import type { IconNode } from "lucide";
import { createElement } from "preact";

/** A lucide icon, 16 or 20 px, in a stroke of 1.5 px at either size. Decorative: the words stand beside it. */
export function Icon({ node, size = 16 }: { node: IconNode; size?: 16 | 20 }) {
  return (
    <svg
      class="ui-icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={(1.5 * 24) / size}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {node.map(([tag, attributes]) => createElement(tag, { ...attributes, key: JSON.stringify(attributes) }))}
    </svg>
  );
}
