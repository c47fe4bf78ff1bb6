import { ChevronDown, MessageCircle } from "lucide";
import { textOn } from "../theme/contrast.ts";
import { element, icon } from "./element.ts";
import { isRightToLeft, openLabel, pageLanguage } from "./language.ts";
import type { SiteFace } from "./site.ts";
import { launcherStyles } from "./styles.ts";

export interface Launcher {
  shadow: ShadowRoot;
  /** Everything visible is inside it; it carries the direction and the edge distance. */
  root: HTMLElement;
  button: HTMLButtonElement;
  badge: HTMLElement;
}

/** The launcher's button, in a shadow root at the end of the page's body. */
export function createLauncher({ accent, name }: SiteFace): Launcher {
  const language = pageLanguage();
  const badge = element("span", { class: "badge", "aria-hidden": "true" });
  const button = element(
    "button",
    {
      type: "button",
      class: "launcher",
      "aria-controls": "panel",
      "aria-expanded": "false",
      "aria-label": openLabel(language),
    },
    icon(MessageCircle),
    icon(ChevronDown),
    badge,
  );
  const dir = isRightToLeft(language) ? "rtl" : "ltr";
  const root = element("div", { role: "complementary", "aria-label": name, dir, lang: language }, button);
  const host = element("div", { id: "rolodesk" });
  const shadow = host.attachShadow({ mode: "open" });
  addStyles(shadow, launcherStyles(accent, textOn(accent)));
  shadow.append(root);
  document.body.append(host);
  return { shadow, root, button, badge };
}

/** A constructed sheet: no `style` attribute or element, so that a host page's strict CSP has nothing to refuse. */
export function addStyles(shadow: ShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}
