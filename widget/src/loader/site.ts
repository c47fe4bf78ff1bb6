import { isRecord } from "../bridge/shape.ts";

export interface SiteTag {
  key: string;
  /** Absolute URL of the server's widget folder, with a slash at its end. */
  base: string;
  /** The server's origin: the frame's, and the only one messages are exchanged with. */
  origin: string;
}

/** What the launcher needs of the site's configuration; the frame checks and uses the rest. */
export interface SiteFace {
  name: string;
  /** `#rrggbb` */
  accent: string;
  config: unknown;
}

/** The site this script tag names, or null when it names none. */
export function readSiteTag(): SiteTag | null {
  const script = document.currentScript ?? document.querySelector("script[data-site][src*='/widget/loader.js']");
  if (!(script instanceof HTMLScriptElement) || !script.dataset.site) return null;
  const base = new URL(".", script.src);
  return { key: script.dataset.site, base: base.href, origin: base.origin };
}

/**
 * Null when the server cannot be reached, and when it does not know the site or lets no page of this origin show it:
 * that the page's developer reads in the browser's console.
 */
export async function fetchSite({ base, key }: SiteTag): Promise<SiteFace | null> {
  const url = `${base}api/sites/${encodeURIComponent(key)}`;
  const response = await fetch(url, { credentials: "omit" }).catch(() => null);
  const config: unknown = await response?.json().catch(() => null);
  if (!response || !isRecord(config)) return null;
  if (response.status === 403 || response.status === 404) reportError(Error(`Rolodesk: ${config.message}`));
  const { name, accent } = config;
  if (typeof name !== "string" || typeof accent !== "string" || !/^#[0-9a-f]{6}$/i.test(accent)) return null;
  return { name, accent, config };
}
