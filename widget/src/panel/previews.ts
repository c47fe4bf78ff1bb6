import type { Preview } from "../bridge/to-host.ts";
import { element } from "../loader/element.ts";

interface Previews {
  show(message: Preview): void;
  clear(): void;
}

/** The last two messages beside the closed launcher, each shown once, a second after it came. */
export function createPreviews(root: HTMLElement, dismissLabel: string, open: () => void): Previews {
  const list = element("div", { class: "previews", "aria-live": "polite" });
  root.append(list);
  let timers: ReturnType<typeof setTimeout>[] = [];

  function add({ author, text }: Preview): void {
    const bubble = element("div", { class: "preview", dir: "auto" });
    const body = element("button", { type: "button" }, element("b", {}, author), element("span", {}, text));
    const dismiss = element("button", { type: "button", "aria-label": dismissLabel }, "×");
    body.onclick = open;
    dismiss.onclick = () => bubble.remove();
    bubble.append(body, dismiss);
    list.append(bubble);
    while (list.children.length > 2) list.firstChild?.remove();
  }

  return {
    show(message) {
      timers.push(setTimeout(() => add(message), 1000));
    },
    clear() {
      timers.forEach(clearTimeout);
      timers = [];
      list.replaceChildren();
    },
  };
}
