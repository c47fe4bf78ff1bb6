import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSessions, renewalDelay } from "../../widget/src/app/session.ts";
import { createStore } from "../../widget/src/app/store.ts";
import { fakeServer } from "./fake-server.ts";
import { memoryDisk } from "./support.ts";

const URL = "https://chat.example.com/widget/api/sessions";
let server: ReturnType<typeof fakeServer>;

beforeEach(() => {
  server = fakeServer();
});
afterEach(() => vi.unstubAllGlobals());

/** Two tabs of one visitor share the disk. */
function tab(disk = memoryDisk()) {
  return { disk, sessions: createSessions("shop", createStore("shop", disk), URL) };
}

describe("a session", () => {
  test("is opened once, however many ask for it at the same time", async () => {
    const { sessions } = tab();
    const [one, two] = await Promise.all([sessions.ensure(), sessions.ensure()]);
    expect(two.token).toBe(one.token);
    expect(server.requests).toHaveLength(1);
  });

  test("is the same in another tab", async () => {
    const first = tab();
    const { token } = await first.sessions.ensure();
    expect((await tab(first.disk).sessions.ensure()).token).toBe(token);
  });

  test("is renewed with its own token when the server refuses it", async () => {
    const { sessions } = tab();
    const { token } = await sessions.ensure();
    const renewed = await sessions.replace(token);
    expect(renewed.token).not.toBe(token);
    expect(server.requests.at(-1)?.bearer).toBe(token);
  });

  test("that another tab renewed meanwhile is taken over instead of renewed again", async () => {
    const first = tab();
    const { token } = await first.sessions.ensure();
    const second = tab(first.disk);
    const renewed = await second.sessions.replace(token);
    expect((await first.sessions.replace(token)).token).toBe(renewed.token);
    expect(server.requests).toHaveLength(2);
  });

  test("that cannot be renewed any more gives way to a new one", async () => {
    const { sessions } = tab();
    const { token } = await sessions.ensure();
    server.tokens.clear();
    await sessions.replace(token);
    expect(server.requests.map(({ bearer }) => bearer)).toEqual([null, token, null]);
  });

  test("dropped in one tab is not dropped when another tab has replaced it", async () => {
    const first = tab();
    const { token } = await first.sessions.ensure();
    const renewed = await tab(first.disk).sessions.replace(token);
    expect((await first.sessions.drop(token))?.token).toBe(renewed.token);
    expect(await first.sessions.drop(renewed.token)).toBeNull();
    expect(first.sessions.current()).toBeNull();
  });

  test("logged out of while the server is out of reach is forgotten all the same", async () => {
    const { sessions, disk } = tab();
    await sessions.ensure();
    server.setReachable(false);
    await sessions.logOut();
    expect(disk.names()).toEqual([]);
  });
});

test("renewal is due ten minutes before the end", () => {
  const session = {
    token: "t",
    expiresAt: "2026-03-02T11:00:00.000Z",
    visitorId: "v",
    identity: { state: "anonymous" as const, firstName: null, lastName: null, email: null, phone: null },
    openConversationId: null,
  };
  const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);
  expect(renewalDelay(session, at("10:00:00"))).toBe(50 * 60_000);
  expect(renewalDelay(session, at("10:55:00"))).toBe(0);
  expect(renewalDelay(session, at("12:00:00"))).toBe(0);
});
