import type { WidgetConfig } from "@rolodesk/shared/site";
import type { HostLink } from "../bridge/connect-host.ts";
import type { Chat } from "./chat.ts";
import type { Language } from "./locales/language.ts";
import type { Observable } from "./observable.ts";
import type { Store } from "./store.ts";

export interface Ui {
  /** The panel is open on the page. */
  shown: boolean;
  view: "home" | "conversation";
  /** Counts the openings by the visitor: each moves the keyboard focus in. */
  focusAsked: number;
}

/** What every component is given. */
export interface App {
  chat: Chat;
  config: WidgetConfig;
  language: Language;
  host: HostLink;
  store: Store;
  ui: Observable<Ui>;
}
