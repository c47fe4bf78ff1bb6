import { textOn } from "../theme/contrast.ts";
import { legible } from "../theme/legible.ts";

const LIGHT_SURFACE = "#ffffff";
const DARK_SURFACE = "#1b1e22";

/** Sets the site's colour over the product's own. @param accent `#rrggbb` */
export function applyAccent(accent: string): void {
  const { style } = document.documentElement;
  style.setProperty("--accent", accent);
  const ink = textOn(accent);
  style.setProperty("--accent-ink", ink);
  // where the colour is shaded, it moves away from its text
  style.setProperty("--accent-away", ink === "#ffffff" ? "#000" : "#fff");
  style.setProperty("--accent-text-light", legible(accent, LIGHT_SURFACE));
  style.setProperty("--accent-text-dark", legible(accent, DARK_SURFACE));
}
