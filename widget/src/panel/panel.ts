import type { ToHost } from "../bridge/to-host.ts";
import type { PageApi, WidgetApi } from "../loader/api.ts";
import { pageLanguage } from "../loader/language.ts";
import type { Launcher } from "../loader/launcher.ts";
import type { SiteFace, SiteTag } from "../loader/site.ts";
import { readUseFlag, writeUseFlag } from "../loader/use-flag.ts";
import { createFrame } from "./frame.ts";
import { pageContext, showUnreadInTitle, watchPage } from "./page-context.ts";
import { createView } from "./view.ts";
import { createWaiting } from "./waiting.ts";
import { panelWords } from "./words.ts";

interface Host {
  site: SiteTag;
  face: SiteFace;
  launcher: Launcher;
  api: PageApi;
}

/** The panel behind the launcher, the frame inside it, and the page's API. Loads the frame at once. */
export function createPanel({ site, face, launcher, api }: Host): WidgetApi {
  const view = createView(launcher, face.name, { open: () => setOpen(true, true), close: () => setOpen(false, true) });
  const waiting = createWaiting(view.panel, panelWords(pageLanguage()), {
    close: () => setOpen(false, true),
    retry: () => frame.retry(),
  });
  const frame = createFrame(site, face, view.panel, waiting, receive);

  function setOpen(open: boolean, byVisitor: boolean): void {
    if (open === view.isOpen()) return;
    view.setOpen(open);
    frame.send(open ? { type: "shown", byVisitor } : { type: "hidden" });
    if (byVisitor) (open ? frame : launcher.button).focus();
    api.emit(open ? "open" : "close", undefined);
  }

  function receive(message: ToHost): void {
    switch (message.type) {
      case "close":
        setOpen(false, true);
        break;
      case "unread":
        view.setUnread(message.count);
        showUnreadInTitle(message.count);
        api.emit("unread", message.count);
        break;
      case "message":
        if (!view.isOpen()) view.preview(message.message);
        api.emit("message", message.message);
        break;
      case "used":
        writeUseFlag(site.key, message.open ? "open" : "used");
        break;
      case "forgotten":
        writeUseFlag(site.key, null);
        break;
      case "identity":
        api.emit("identity", message.state);
        break;
      case "ended":
        api.emit("ended", undefined);
        break;
    }
  }

  launcher.button.onclick = () => setOpen(!view.isOpen(), true);
  watchPage(() => frame.send({ type: "page", page: pageContext() }));

  return {
    open: (byVisitor) => setOpen(true, byVisitor),
    close: () => setOpen(false, false),
    toggle: () => setOpen(!view.isOpen(), false),
    identify: (token) => frame.send({ type: "identify", token }),
    logout() {
      if (readUseFlag(site.key)) frame.send({ type: "logout" });
    },
    setAttributes: (attributes) => frame.send({ type: "attributes", attributes }),
  };
}
