import { render } from "preact";
import { connectHost } from "../bridge/connect-host.ts";
import type { ToFrame } from "../bridge/to-frame.ts";
import type { App, Ui } from "./app-context.ts";
import { readBoot } from "./boot.ts";
import { createChat } from "./chat.ts";
import { Widget } from "./components/widget.tsx";
import { openDisk } from "./disk.ts";
import { loadLanguage } from "./locales/language.ts";
import { observable } from "./observable.ts";
import { reportToHost } from "./report-to-host.ts";
import { createStore } from "./store.ts";
import "@rolodesk/shared/tokens.css";
import "./styles/base.css";
import "./styles/home.css";
import "./styles/conversation.css";
import "./styles/log.css";
import "./styles/composer.css";
import "./styles/questions.css";
import { applyAccent } from "./theme.ts";

const boot = readBoot();
const root = document.getElementById("app") ?? document.body;
let started: Promise<App> | null = null;

const host = connectHost(boot.allowedOrigins, (message) => {
  if (message.type === "start") started ??= start(message);
  else void started?.then((app) => obey(app, message));
});

async function start({ config, language: asked, page }: Extract<ToFrame, { type: "start" }>): Promise<App> {
  const language = await loadLanguage(asked);
  const { documentElement } = document;
  documentElement.lang = language.tag;
  documentElement.dir = language.direction;
  document.title = config.name;
  applyAccent(config.accent);

  const store = createStore(boot.siteKey, openDisk());
  const chat = createChat({ siteKey: boot.siteKey, store, agentsOnline: config.agentsOnline, page });
  const ui = observable<Ui>({
    shown: false,
    view: chat.state.get().link === "off" ? "home" : "conversation",
    focusAsked: 0,
  });
  const app: App = { chat, config, language, host, store, ui };
  reportToHost(chat.state, store, host);
  render(<Widget app={app} />, root);
  host.send({ type: "ready" });
  return app;
}

function obey({ chat, ui }: App, message: Exclude<ToFrame, { type: "start" }>): void {
  switch (message.type) {
    case "shown":
      ui.set({ ...ui.get(), shown: true, focusAsked: ui.get().focusAsked + (message.byVisitor ? 1 : 0) });
      break;
    case "hidden":
      ui.set({ ...ui.get(), shown: false });
      break;
    case "page":
      chat.setPage(message.page);
      break;
    case "identify":
      chat.identify(message.token);
      break;
    case "logout":
      ui.set({ ...ui.get(), view: "home" });
      chat.logOut();
      break;
    case "attributes":
      chat.setAttributes(message.attributes);
      break;
  }
}
