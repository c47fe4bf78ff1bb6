import type { VisitorAttributes } from "@rolodesk/shared/visitor";
import type { IdentityState } from "@rolodesk/shared/vocabulary";

/** Events a page may listen to with `Rolodesk.on`. */
interface WidgetEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  message: { id: string; author: string; text: string };
  unread: number;
  identity: IdentityState;
  ended: undefined;
}

/** What `window.Rolodesk` can do, besides `on`. Calls made before the widget is there wait for it, in order. */
export interface WidgetApi {
  /** @param byVisitor a gesture of the visitor, after which the keyboard focus may move */
  open(byVisitor: boolean): void;
  close(): void;
  toggle(): void;
  /** Signs the visitor in with a JWT made by the site's backend. */
  identify(token: string): void;
  logout(): void;
  /** Hints for the agent; they travel with the visitor's first message, not before. */
  setAttributes(attributes: VisitorAttributes): void;
}

type Call = readonly [method: unknown, ...args: unknown[]];

declare global {
  interface Window {
    Rolodesk?: { q?: unknown; loaded?: boolean };
  }
}

export interface PageApi {
  emit<E extends keyof WidgetEvents>(event: E, detail: WidgetEvents[E]): void;
  /** From now on calls reach `widget`; those that waited go first. */
  serve(widget: WidgetApi): void;
  call(entry: Call): void;
}

const METHODS = ["open", "close", "toggle", "identify", "logout", "setAttributes", "on"] as const;

/**
 * Puts the API on the page, with what was queued before. Null when a loader was there already: a second script tag
 * does nothing.
 *
 * @param wanted called for every call that waits
 */
export function installApi(wanted: (method: unknown) => void): PageApi | null {
  const before = window.Rolodesk;
  if (before?.loaded) return null;

  const listeners: [event: unknown, listener: (detail: unknown) => unknown][] = [];
  const waiting: Call[] = [];
  let widget: WidgetApi | null = null;

  function call(entry: Call): void {
    const [method, first, second] = entry;
    if (method === "on") {
      if (typeof second === "function") listeners.push([first, (detail) => second(detail)]);
    } else if (!widget) {
      waiting.push(entry);
      wanted(method);
    } else if (method === "open") widget.open(first === true);
    else if (method === "identify") widget.identify(String(first));
    else if (method === "setAttributes") widget.setAttributes(Object(first));
    else if (method === "close" || method === "toggle" || method === "logout") widget[method]();
  }

  const api: Record<string, unknown> = { loaded: true, q: { push: call } };
  for (const method of METHODS) api[method] = (...args: unknown[]) => call([method, ...args]);
  window.Rolodesk = api;
  if (Array.isArray(before?.q)) before.q.forEach(call);

  return {
    call,
    emit(event, detail) {
      // one throwing listener must not keep the others, or the widget, from going on
      for (const [wantedEvent, listener] of listeners)
        if (wantedEvent === event) queueMicrotask(() => listener(detail));
    },
    serve(target) {
      widget = target;
      waiting.splice(0).forEach(call);
    },
  };
}
