import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { deliver } from "../../sidebar/src/live.ts";
import { AdminNotices } from "../../sidebar/src/shell/admin-notices.tsx";
import { until } from "../support/until.ts";
import { serveFake } from "./fake-server.ts";
import { mintId } from "./wire.ts";

afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

const hubspot = { id: mintId(), name: "HubSpot", status: "active", waitingRuns: 3 };
const orders = { id: mintId(), name: "Order system", state: "active" };

async function show(connections: object[], endpoints: object[]) {
  serveFake(({ path }) => ({ body: path === "/api/connections" ? { connections } : { endpoints } }));
  await act(async () => render(<AdminNotices />, document.body));
}

function links(): (string | null)[] {
  return [...document.querySelectorAll("a")].map((link) => link.getAttribute("href"));
}

test("nothing is said while everything is well", async () => {
  await show([hubspot], [orders]);
  expect(document.body.textContent).toBe("");
});

test("a CRM that waits and a webhook that was switched off are named, with the way to each", async () => {
  await show([{ ...hubspot, status: "needs_reconnect" }], [{ ...orders, state: "disabled" }]);
  await until(() => expect(links()).toHaveLength(2));
  expect(document.body.textContent).toContain("HubSpot needs to be reconnected; 3 syncs wait.");
  expect(document.body.textContent).toContain("The webhook Order system was switched off");
  expect(links()).toEqual([`/app/settings/connections/${hubspot.id}`, `/app/settings/webhooks/${orders.id}`]);
});

test("a webhook that is switched off while somebody looks is told at once", async () => {
  const endpoints: object[] = [orders];
  await show([], endpoints);
  endpoints[0] = { ...orders, state: "disabled" };
  deliver({ kind: "webhook", id: orders.id, version: 2, contactId: null, conversationId: null });
  await until(() => expect(document.body.textContent).toContain("Order system"));
});
