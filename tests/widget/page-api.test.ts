import { afterEach, describe, expect, test } from "vitest";
import { installApi, type WidgetApi } from "../../widget/src/loader/api.ts";

afterEach(() => {
  window.Rolodesk = undefined;
});

/** A widget that writes down what it is told. */
function recorder(): WidgetApi & { calls: unknown[][] } {
  const calls: unknown[][] = [];
  return {
    calls,
    open: (byVisitor) => void calls.push(["open", byVisitor]),
    close: () => void calls.push(["close"]),
    toggle: () => void calls.push(["toggle"]),
    identify: (token) => void calls.push(["identify", token]),
    logout: () => void calls.push(["logout"]),
    setAttributes: (attributes) => void calls.push(["setAttributes", attributes]),
  };
}

/** What a page's own script sees. */
function page(): Record<string, (...args: unknown[]) => void> {
  return Object(window.Rolodesk);
}

describe("window.Rolodesk", () => {
  test("keeps calls made before the script and before the widget, and makes them in order", () => {
    window.Rolodesk = { q: [["setAttributes", { plan: "gold" }], ["open"]] };
    const api = installApi(() => {});
    page().identify?.("a.b.c");
    const widget = recorder();
    api?.serve(widget);
    page().close?.();
    expect(widget.calls).toEqual([
      ["setAttributes", { plan: "gold" }],
      ["open", false],
      ["identify", "a.b.c"],
      ["close"],
    ]);
  });

  test("a second script tag does nothing", () => {
    expect(installApi(() => {})).not.toBeNull();
    expect(installApi(() => {})).toBeNull();
  });

  test("tells which calls wait, so that only those that need the panel load it", () => {
    const waiting: unknown[] = [];
    installApi((method) => waiting.push(method));
    page().setAttributes?.({});
    page().open?.();
    page().on?.("ready", () => {});
    expect(waiting).toEqual(["setAttributes", "open"]);
  });

  test("listeners hear their event and nothing else", async () => {
    const api = installApi(() => {});
    const heard: unknown[] = [];
    page().on?.("unread", (count: unknown) => heard.push(count));
    page().on?.("open", () => heard.push("open"));
    page().on?.("unread", "not a function");
    api?.emit("unread", 2);
    await Promise.resolve();
    expect(heard).toEqual([2]);
  });

  test("what is no call is ignored", () => {
    const api = installApi(() => {});
    const widget = recorder();
    api?.serve(widget);
    api?.call(["constructor", "x"]);
    api?.call(["__proto__"]);
    expect(widget.calls).toEqual([]);
  });
});
