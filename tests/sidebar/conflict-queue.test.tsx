import type { ConflictUnit } from "@rolodesk/shared/conflict-queue";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { navigate } from "../../sidebar/src/router.ts";
import { QueuePage } from "../../sidebar/src/screens/conflicts-queue/queue-page.tsx";
import { readQueueFilter } from "../../sidebar/src/screens/conflicts-queue/queue-query.ts";
import { mergeRows } from "../../sidebar/src/use-pages.ts";
import { until } from "../support/until.ts";
import { sentTo, serveFake } from "./fake-server.ts";
import { conflict, mintId, nameConflict } from "./wire.ts";

beforeEach(() => navigate("/conflicts"));
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

function unitOf(members = [conflict()], change: Partial<ConflictUnit> = {}): ConflictUnit {
  return {
    id: members[0]?.id ?? mintId(),
    unit: members[0]?.unit ?? "phone",
    connection: { id: "hubspot-1", name: "HubSpot", provider: "hubspot", status: "active" },
    person: { contactId: mintId(), label: "Bob Smith", identity: "claimed" },
    conversation: { id: mintId(), siteName: "Shop", assigneeName: null },
    recordUrl: null,
    members,
    undoable: false,
    since: "2026-03-02T10:00:00.000Z",
    ...change,
  };
}

async function showQueue(units: ConflictUnit[], total = units.length, search = "") {
  const server = serveFake(({ method, path }) => {
    if (method === "POST" && path === "/api/settlements") return { body: { id: "draft-1" } };
    if (path.endsWith("/undo"))
      return { body: { outcome: "stale", message: "HubSpot has another value by now.", conflicts: [] } };
    if (path === "/api/users") return { body: { users: [] } };
    return { body: { items: units, nextCursor: null, total } };
  });
  const filter = readQueueFilter(new URLSearchParams(search));
  await act(() => render(<QueuePage filter={filter} connections={[]} sites={[]} />, document.body));
  await until(() => expect(document.querySelector(".queue-row")).not.toBeNull());
  return server;
}

async function press(name: string): Promise<void> {
  const button = Array.from(document.querySelectorAll("button")).find(({ textContent }) => textContent === name);
  await act(() => button?.click());
}

async function tick(label: string): Promise<void> {
  const box = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
  await act(() => box?.click());
}

test("a name is one row, and choosing it drafts both of its fields as they were seen", async () => {
  const members = nameConflict();
  const server = await showQueue([unitOf(members, { unit: "name" }), unitOf()]);
  expect(document.querySelectorAll(".queue-row")).toHaveLength(2);
  await tick("Choose Name of Bob Smith");
  await press("Keep CRM values…");
  await until(() => expect(sentTo(server.asked, "/api/settlements")).toHaveLength(1));
  expect(sentTo(server.asked, "/api/settlements")[0]).toEqual({
    decision: "keep_crm",
    scope: {
      kind: "rows",
      conflicts: members.map(({ id, crmValue, chatValue }) => ({
        id,
        seenCrmValue: crmValue,
        seenChatValue: chatValue,
      })),
    },
  });
  await until(() => expect(window.location.pathname).toBe("/app/conflicts/settlements/draft-1"));
});

test("all that fit are meant only when that is said, and by the filter that is shown", async () => {
  const server = await showQueue([unitOf(), unitOf()], 120, "unit=phone&older=7");
  await tick("Choose all conflicts shown");
  expect(document.body.textContent).toContain("2 conflicts chosen");
  await press("Choose all 120 that fit");
  await press("Use chat values…");
  await until(() => expect(sentTo(server.asked, "/api/settlements")).toHaveLength(1));
  expect(sentTo(server.asked, "/api/settlements")[0]).toEqual({
    decision: "use_chat",
    scope: { kind: "filter", filter: { unit: "phone", olderThanDays: 7 } },
  });
});

test("what is being written cannot be chosen", async () => {
  await showQueue([unitOf([conflict({ status: "applying" })])]);
  expect(document.querySelector("input[type=checkbox]")).toBeNull();
  expect(document.body.textContent).toContain("Being written");
});

test("a decision is named with who made it, and only what can be undone offers it", async () => {
  const decided = { status: "applied" as const, decidedBy: "Sam Okafor", decidedAt: "2026-03-02T10:05:00.000Z" };
  await showQueue([unitOf([conflict(decided)], { undoable: true }), unitOf([conflict(decided)])], 2, "state=decided");
  expect(document.body.textContent).toContain("Sam Okafor used the chat value");
  const undos = Array.from(document.querySelectorAll("button")).filter(({ textContent }) => textContent === "Undo");
  expect(undos).toHaveLength(1);
});

test("rows further down stay when the first page is read again", () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id }));
  const shown = { items: rows("a", "b", "c", "d"), nextCursor: "after-d" };
  expect(mergeRows(shown, { items: rows("new", "a"), nextCursor: "after-a" })).toEqual({
    items: rows("new", "a", "b", "c", "d"),
    nextCursor: "after-d",
  });
  expect(mergeRows(shown, { items: rows("b", "c"), nextCursor: "after-c" }).items).toEqual(rows("b", "c", "d"));
  expect(mergeRows(shown, { items: rows("a"), nextCursor: null })).toEqual({ items: rows("a"), nextCursor: null });
});
