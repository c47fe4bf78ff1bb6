import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAllowedOrigin } from "../../packages/shared/src/site-origin.ts";
import { isHandshake } from "../../widget/src/bridge/handshake.ts";
import { readToFrame } from "../../widget/src/bridge/to-frame.ts";
import { readToHost } from "../../widget/src/bridge/to-host.ts";

describe("origins that may frame the widget", () => {
  const patterns = ["https://shop.example.com", "https://*.example.org", "http://localhost:8080"];
  test.each([
    ["https://shop.example.com", true],
    ["https://a.example.org", true],
    ["https://a.b.example.org", true],
    ["http://localhost:8080", true],
    ["http://shop.example.com", false],
    ["https://shop.example.com:444", false],
    ["https://shop.example.com.evil.test", false],
    ["https://example.org", false],
    ["https://evilexample.org", false],
    ["https://evil.test/.example.org", false],
    ["https://evil.test#.example.org", false],
    ["https://user@a.example.org", false],
    ["http://a.example.org", false],
    ["https://.example.org", false],
    ["null", false],
    ["", false],
  ])("%s: %s", (origin, allowed) => {
    expect(isAllowedOrigin(origin, patterns)).toBe(allowed);
  });
});

const config = {
  siteKey: "shop",
  name: "Shop",
  accent: "#1d6b5f",
  greeting: "",
  ask: { firstName: "off", lastName: "off", email: "optional", phone: "required" },
  agentsOnline: true,
};
const page = { url: "https://shop.example.com/", title: "Shop", referrer: "" };

describe("what the frame takes from the host", () => {
  const start = { type: "start", config, page, language: "en" };

  test.each([
    start,
    { type: "shown", byVisitor: true },
    { type: "hidden" },
    { type: "page", page },
    { type: "identify", token: "a.b.c" },
    { type: "logout" },
    { type: "attributes", attributes: { plan: "gold", seats: 3, trial: false, gone: null } },
  ])("$type", (message) => {
    expect(readToFrame(message)).toEqual(message);
  });

  test.each([
    null,
    "shown",
    [],
    { type: "eval", code: "1" },
    { type: "identify" },
    { type: "identify", token: 5 },
    { type: "identify", token: "x".repeat(9000) },
    { type: "page", page: { ...page, url: 5 } },
    { type: "page" },
    { ...start, config: { ...config, accent: "red;}" } },
    { ...start, config: { ...config, ask: { email: "yes" } } },
    { ...start, config: null },
    { ...start, language: {} },
    { type: "attributes", attributes: "x" },
  ])("not %j", (message) => {
    expect(readToFrame(message)).toBeNull();
  });

  test("fields that are not asked for do not get in", () => {
    expect(readToFrame({ type: "shown", byVisitor: "yes", token: "t" })).toEqual({ type: "shown", byVisitor: false });
  });

  test("attributes the server would refuse are left out, the others stay", () => {
    const attributes = { ok: 1, "1st": "x", long: "x".repeat(501), nested: {}, nan: Number.NaN, "with space": 1 };
    expect(readToFrame({ type: "attributes", attributes })).toEqual({ type: "attributes", attributes: { ok: 1 } });
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`a${at}`, at]));
    const message = readToFrame({ type: "attributes", attributes: many });
    expect(message?.type === "attributes" && Object.keys(message.attributes)).toHaveLength(50);
  });
});

describe("what the host takes from the frame", () => {
  test.each([
    { type: "ready" },
    { type: "close" },
    { type: "forgotten" },
    { type: "ended" },
    { type: "unread", count: 3 },
    { type: "used", open: true },
    { type: "identity", state: "verified" },
    { type: "message", message: { id: "1", author: "Sam", text: "Hi" } },
  ])("$type", (message) => {
    expect(readToHost(message)).toEqual(message);
  });

  test.each([
    undefined,
    { type: "popout", baseUrl: "https://evil.test" },
    { type: "unread", count: -1 },
    { type: "unread", count: "3" },
    { type: "identity", state: "root" },
    { type: "message", message: { id: "1", author: "Sam", text: {} } },
    { type: "message" },
  ])("not %j", (message) => {
    expect(readToHost(message)).toBeNull();
  });
});

test("no message of any shape makes a guard throw", () => {
  fc.assert(
    fc.property(fc.anything(), fc.string(), (data, type) => {
      readToFrame(data);
      readToHost(data);
      readToFrame({ type, message: data, page: data, config: data, attributes: data, token: data });
      readToHost({ type, message: data, count: data, state: data });
      isHandshake(data, "hello");
    }),
  );
});
