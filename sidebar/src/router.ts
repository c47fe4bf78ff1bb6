import { signal } from "@preact/signals";

const BASE = "/app";

interface Place {
  /** Path below /app, beginning with a slash. */
  path: string;
  query: URLSearchParams;
}

/** The place a location names; anything outside /app is the console's root. */
export function toPlace(location: { pathname: string; search: string }): Place {
  const inside = location.pathname === BASE || location.pathname.startsWith(`${BASE}/`);
  const path = inside ? location.pathname.slice(BASE.length).replace(/\/+$/, "") : "";
  return { path: path === "" ? "/" : path, query: new URLSearchParams(location.search) };
}

export const place = signal<Place>(toPlace(window.location));

window.addEventListener("popstate", () => {
  place.value = toPlace(window.location);
});

/** The address of a console path, for links. */
export function hrefOf(path: string): string {
  return `${BASE}${path}`;
}

export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (options.replace) window.history.replaceState(null, "", hrefOf(path));
  else window.history.pushState(null, "", hrefOf(path));
  place.value = toPlace(window.location);
}

type Params = Readonly<Record<string, string>>;

/** The parameters of `/inbox/:id` in a path, or null when it does not fit. */
export function matchPath(pattern: string, path: string): Params | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodePart(value);
    else if (part !== value) return null;
  }
  return params;
}

/** A part that is not valid percent-encoding names nothing we have; it stays as it is. */
function decodePart(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Lets a plain left click stay inside the app; every other click is the browser's. */
export function followLink(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const target = new URL(event.currentTarget.href);
  navigate(`${toPlace(target).path}${target.search}`);
}
