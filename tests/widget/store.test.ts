import { describe, expect, test } from "vitest";
import { createCookieDisk } from "../../widget/src/app/disk.ts";
import { createStore } from "../../widget/src/app/store.ts";
import { memoryDisk } from "./support.ts";

describe("what a browser remembers", () => {
  test("nothing is stored before the first use, and nothing written until then is lost", () => {
    const disk = memoryDisk();
    const store = createStore("shop", disk);
    store.write("draft", "half a sentence");
    expect(disk.names()).toEqual([]);
    expect(store.read("draft")).toBe("half a sentence");

    store.beginUse();
    expect(createStore("shop", disk).read("draft")).toBe("half a sentence");
  });

  test("a browser that used the chat before is in use from the start", () => {
    const disk = memoryDisk();
    createStore("shop", disk).beginUse();
    const first = createStore("shop", disk);
    expect(first.inUse()).toBe(false);
    first.beginUse();
    first.write("session", { token: "t" });
    expect(createStore("shop", disk).inUse()).toBe(true);
  });

  test("forgetting leaves nothing behind", () => {
    const disk = memoryDisk();
    const store = createStore("shop", disk);
    store.beginUse();
    store.write("session", { token: "t" });
    store.write("outbox", []);
    store.forget();
    expect(disk.names()).toEqual([]);
    expect(store.inUse()).toBe(false);
  });

  test("two sites on one server do not see each other", () => {
    const disk = memoryDisk();
    const one = createStore("one", disk);
    one.beginUse();
    one.write("draft", "for one");
    expect(createStore("two", disk).read("draft")).toBeNull();
  });

  test("what is not JSON reads as nothing", () => {
    const disk = memoryDisk();
    disk.setItem("rolodesk:shop:session", "{broken");
    expect(createStore("shop", disk).read("session")).toBeNull();
  });
});

describe("cookies in the place of blocked storage", () => {
  test("what is too large for a cookie is kept as long as the page", () => {
    const disk = createCookieDisk();
    disk.setItem("outbox", "x".repeat(5000));
    expect(disk.getItem("outbox")).toHaveLength(5000);
    disk.removeItem("outbox");
    expect(disk.getItem("outbox")).toBeNull();
  });
});
