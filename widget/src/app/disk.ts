/** Where a store keeps its strings between loads of a page. */
export type Disk = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * `localStorage`; or partitioned cookies where the browser blocks storage in frames of other sites (reading
 * `localStorage` throws then, in Chrome's incognito windows for one), but leaves a frame cookies that no other site
 * shares. Chrome for developers, "Cookies Having Independent Partitioned State".
 */
export function openDisk(): Disk {
  try {
    return window.localStorage;
  } catch {
    return createCookieDisk();
  }
}

const MAX_COOKIE_CHARS = 3800;
const THIRTY_DAYS_S = 2_592_000;

/** Cookies of this page's own path. What is too large for one lives as long as the page. */
export function createCookieDisk(): Disk {
  const memory = new Map<string, string>();

  function put(name: string, value: string, maxAge: number): void {
    const attributes = `path=${location.pathname}; max-age=${maxAge}; secure; samesite=none; partitioned`;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on pages without TLS
    document.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(value)}; ${attributes}`;
  }

  return {
    getItem(name) {
      const prefix = `${encodeURIComponent(name)}=`;
      const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(prefix));
      return memory.get(name) ?? (decodeURIComponent(cookie?.slice(prefix.length) ?? "") || null);
    },
    setItem(name, value) {
      memory.set(name, value);
      const fits = encodeURIComponent(value).length < MAX_COOKIE_CHARS;
      put(name, fits ? value : "", fits ? THIRTY_DAYS_S : 0);
    },
    removeItem(name) {
      memory.delete(name);
      put(name, "", 0);
    },
  };
}
