import type { PageContext } from "@rolodesk/shared/visitor";

export function pageContext(): PageContext {
  return {
    url: location.href.slice(0, 2000),
    title: document.title.replace(UNREAD_PREFIX, "").slice(0, 300),
    referrer: document.referrer.slice(0, 2000),
  };
}

const UNREAD_PREFIX = /^\(\d+\) /;

/** "(2) Shop" in the tab's title while something is unread. */
export function showUnreadInTitle(count: number): void {
  const title = document.title.replace(UNREAD_PREFIX, "");
  const next = count ? `(${count}) ${title}` : title;
  if (document.title !== next) document.title = next;
}

/** Calls `moved` after every change of address, also those a single-page app makes without a load. */
export function watchPage(moved: () => void): void {
  let last = location.href;
  const look = () =>
    setTimeout(() => {
      if (location.href === last) return;
      last = location.href;
      moved();
    });
  for (const method of ["pushState", "replaceState"] as const) {
    const original = history[method];
    history[method] = function (this: History, ...args) {
      original.apply(this, args);
      look();
    };
  }
  window.addEventListener("popstate", look);
}
