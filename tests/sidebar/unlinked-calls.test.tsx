import type { PhoneCall } from "@rolodesk/shared/phone-call";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { UnlinkedCallsPage } from "../../sidebar/src/screens/phone-calls/unlinked-calls-page.tsx";
import { session } from "../../sidebar/src/session.ts";
import { until } from "../support/until.ts";
import { serveFake } from "./fake-server.ts";
import { mintId, phoneCall } from "./wire.ts";

beforeEach(() => {
  session.value = { state: "in", me: { id: "1", name: "Ana", email: "ana@example.com", role: "agent", demo: false } };
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

const ANA = { id: mintId(), label: "Ana Demo", email: "ana@example.com", phone: null, company: null };

async function show(calls: () => PhoneCall[]) {
  const server = serveFake(({ method, path }) => {
    if (method === "PATCH") return { body: calls()[0] };
    if (path.startsWith("/api/phone-calls")) return { body: { items: calls(), nextCursor: null } };
    return { body: { items: path.includes("search=Ana") ? [ANA] : [], nextCursor: null } };
  });
  await act(async () => render(<UnlinkedCallsPage />, document.body));
  await until(() => expect(document.querySelector(".ui-skeleton")).toBeNull());
  return server;
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.includes(name));
  if (!found) throw new Error(`There is no button ${name}.`);
  return found;
}

test("calls of nobody show their number and are given to the contact somebody finds", async () => {
  let calls = [phoneCall({ contactId: null })];
  const { asked } = await show(() => calls);
  expect(document.body.textContent).toContain("+12025550123 · Shop");
  await act(async () => button("Choose the contact").click());
  await until(() => expect(document.body.textContent).toContain("No contact has this number."));
  const search = document.querySelector<HTMLInputElement>("input[type=search]");
  if (!search) throw new Error("There is no search.");
  expect(search.value).toBe("+12025550123");
  search.value = "Ana";
  await act(async () => void search.dispatchEvent(new Event("input", { bubbles: true })));
  await until(() => button("Ana Demo"));
  const [given] = calls;
  calls = [];
  await act(async () => button("Ana Demo").click());
  await until(() => expect(document.body.textContent).toContain("Every call has its contact."));
  const sent = asked.find(({ method }) => method === "PATCH");
  expect(sent).toEqual({ method: "PATCH", path: `/api/phone-calls/${given?.id}`, body: { contactId: ANA.id } });
});

test("a call without a number says so", async () => {
  await show(() => [phoneCall({ contactId: null, phone: null })]);
  expect(document.body.textContent).toContain("No number · Shop");
});
