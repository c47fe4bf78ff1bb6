import { NARROW } from "./styles.ts";

interface FullScreen {
  /** The panel opened. Returns whether it now fills the screen. */
  enter(): boolean;
  /** The panel closed. Always false. */
  leave(): boolean;
}

/**
 * What a panel that fills a small screen needs of the page: the page neither scrolls nor takes the focus behind it,
 * the back button closes it, and it ends where the on-screen keyboard begins.
 */
export function createFullScreen(panel: HTMLElement, close: () => void): FullScreen {
  const narrow = matchMedia(NARROW);
  const lock = new CSSStyleSheet();
  lock.replaceSync("html,body{overflow:hidden!important}");
  let entered = false;
  let silenced: Element[] = [];

  function follow(): void {
    const seen = window.visualViewport;
    if (!seen) return;
    panel.style.setProperty("--seen", `${seen.height}px`);
    panel.style.setProperty("--top", `${seen.offsetTop}px`);
  }

  function isOurs(state: unknown): boolean {
    return Object(state).rolodesk === true;
  }

  window.addEventListener("popstate", () => {
    if (entered && !isOurs(history.state)) close();
  });

  return {
    enter() {
      if (entered || !narrow.matches) return entered;
      entered = true;
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, lock];
      silenced = [...document.body.children].filter(
        (child) => !child.hasAttribute("inert") && !child.shadowRoot?.contains(panel),
      );
      for (const child of silenced) child.toggleAttribute("inert", true);
      // the page's own state is kept in ours, so that its router sees no change when we come back
      history.pushState({ ...Object(history.state), rolodesk: true }, "");
      window.visualViewport?.addEventListener("resize", follow);
      window.visualViewport?.addEventListener("scroll", follow);
      follow();
      return true;
    },
    leave() {
      if (!entered) return false;
      entered = false;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== lock);
      for (const child of silenced) child.toggleAttribute("inert", false);
      window.visualViewport?.removeEventListener("resize", follow);
      window.visualViewport?.removeEventListener("scroll", follow);
      if (isOurs(history.state)) history.back();
      return false;
    },
  };
}
