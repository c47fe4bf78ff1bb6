import { installApi } from "./api.ts";
import { createLauncher } from "./launcher.ts";
import { fetchSite, readSiteTag, type SiteTag } from "./site.ts";
import { readUseFlag } from "./use-flag.ts";

/** Hashed name of the panel's module, set by the build. */
declare const __PANEL_FILE__: string;

/**
 * A page pays for this file alone until it is idle, then for one small answer, then for nothing until a gesture, a call
 * that needs the panel, or a conversation that is still open.
 */
function start(site: SiteTag): void {
  let load: (() => void) | null = null;
  let wanted = false;

  const api = installApi((method) => {
    if (method === "logout" ? readUseFlag(site.key) : method !== "close" && method !== "setAttributes") want();
  });
  if (!api) return;

  function want(): void {
    wanted = true;
    load?.();
  }

  async function begin(): Promise<void> {
    const face = await fetchSite(site);
    if (!face || !api) return;
    const launcher = createLauncher(face);
    const loadPanel = () => {
      load = null;
      const url = site.base + __PANEL_FILE__;
      const panel: Promise<typeof import("../panel/panel.ts")> = import(/* @vite-ignore */ url);
      panel.then(
        ({ createPanel }) => api.serve(createPanel({ site, face, launcher, api })),
        () => {
          load = loadPanel; // no network: the next gesture tries again
        },
      );
      const heard = () => launcher.button.removeAttribute("aria-busy");
      panel.then(heard, heard);
    };
    load = loadPanel;
    for (const event of ["pointerenter", "focus", "touchstart"]) {
      launcher.button.addEventListener(event, want, { passive: true });
    }
    launcher.button.onclick = () => {
      launcher.button.setAttribute("aria-busy", "true");
      api.call(["open", true]);
    };
    if (wanted || readUseFlag(site.key) === "open") want();
    api.emit("ready", undefined);
  }

  const whenIdle = () => (window.requestIdleCallback ?? setTimeout)(() => void begin());
  if (document.readyState === "complete") whenIdle();
  else window.addEventListener("load", whenIdle);
}

const site = readSiteTag();
if (site) start(site);
