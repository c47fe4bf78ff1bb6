import { element } from "../loader/element.ts";
import type { PanelWords } from "./words.ts";

export interface Waiting {
  /** The frame did not come. */
  fail(): void;
  /** The frame is asked for once more. */
  again(): void;
  /** The frame is there. */
  end(): void;
}

/** What the panel shows until the frame does: a way out, and after a failure what happened and another try. */
export function createWaiting(
  panel: HTMLElement,
  words: PanelWords,
  gestures: { close(): void; retry(): void },
): Waiting {
  const close = element("button", { type: "button", "aria-label": words.dismiss }, "×");
  const retry = element("button", { type: "button" }, words.retry);
  const told = element("p", { role: "status" });
  const whole = element("div", { class: "waiting" }, close, told);
  close.onclick = gestures.close;
  retry.onclick = gestures.retry;
  panel.append(whole);
  return {
    fail: () => told.replaceChildren(words.unreachable, retry),
    again: () => told.replaceChildren(),
    end: () => whole.remove(),
  };
}
