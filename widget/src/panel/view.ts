import type { Preview } from "../bridge/to-host.ts";
import { element } from "../loader/element.ts";
import { pageLanguage } from "../loader/language.ts";
import { addStyles, type Launcher } from "../loader/launcher.ts";
import { createFullScreen } from "./full-screen.ts";
import { createPreviews } from "./previews.ts";
import { PANEL_STYLES } from "./styles.ts";
import { panelWords } from "./words.ts";

interface View {
  panel: HTMLElement;
  isOpen(): boolean;
  setOpen(open: boolean): void;
  setUnread(count: number): void;
  preview(message: Preview): void;
}

/** @param gestures what the visitor did in the panel's own parts; the launcher's click is handled by the API's toggle */
export function createView(
  { shadow, root, button, badge }: Launcher,
  siteName: string,
  gestures: { open(): void; close(): void },
): View {
  const words = panelWords(pageLanguage());
  const panel = element("div", {
    class: "panel",
    id: "panel",
    role: "dialog",
    "aria-label": `${words.chat}: ${siteName}`,
  });
  addStyles(shadow, PANEL_STYLES);
  root.prepend(panel);
  const previews = createPreviews(root, words.dismiss, gestures.open);
  const fullScreen = createFullScreen(panel, gestures.close);
  let unread = 0;
  let opened = false;

  function label(): void {
    const closed = unread ? `${words.open}, ${unread} ${words.unread}` : words.open;
    button.setAttribute("aria-label", opened ? words.close : closed);
    badge.textContent = unread && !opened ? (unread > 9 ? "9+" : `${unread}`) : "";
  }

  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) gestures.close();
  });

  return {
    panel,
    isOpen: () => opened,
    setOpen(next) {
      opened = next;
      panel.classList.toggle("open", next);
      button.setAttribute("aria-expanded", `${next}`);
      if (next) previews.clear();
      panel.setAttribute("aria-modal", `${next ? fullScreen.enter() : fullScreen.leave()}`);
      label();
    },
    setUnread(count) {
      unread = count;
      if (!count) previews.clear();
      label();
    },
    preview: previews.show,
  };
}
