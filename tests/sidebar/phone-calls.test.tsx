import type { PhoneCall } from "@rolodesk/shared/phone-call";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { deliver } from "../../sidebar/src/live.ts";
import { ContactPhoneCalls } from "../../sidebar/src/screens/phone-calls/contact-phone-calls.tsx";
import { until } from "../support/until.ts";
import { serveFake } from "./fake-server.ts";
import { phoneCall } from "./wire.ts";

afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

async function show(items: () => PhoneCall[]) {
  const server = serveFake(({ method, path, body }) => {
    if (method === "PATCH") return { body: { ...items()[0], ...Object(body) } };
    if (path.startsWith("/api/phone-calls/")) return { body: { ...items()[0], transcript: "<b>Hello</b>" } };
    return { body: { items: items(), nextCursor: null } };
  });
  await act(async () => render(<ContactPhoneCalls contactId="1" />, document.body));
  await until(() => expect(document.querySelector(".ui-skeleton")).toBeNull());
  return server;
}

test("a call says how it went, what it came to, who says so and when to follow up", async () => {
  await show(() => [phoneCall()]);
  const text = document.body.textContent;
  expect(text).toContain("Incoming call, answered, 1 min 15 s");
  expect(text).toContain("Set by a workflow in HighLevel.");
  expect(text).toContain("Follow up");
  expect(document.querySelector("select")?.selectedOptions[0]?.textContent).toBe("Gatekeeper");
  expect(document.querySelector("a")).toBeNull();
});

test("a person's choice is sent", async () => {
  const { asked } = await show(() => [phoneCall()]);
  const select = document.querySelector("select");
  if (!select) throw new Error("There is nothing to choose from.");
  select.value = "sold";
  await act(async () => void select.dispatchEvent(new Event("change", { bubbles: true })));
  expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ disposition: "sold" });
});

test("a transcript is read when it is opened, and shown as text", async () => {
  await show(() => [phoneCall()]);
  const details = document.querySelector("details");
  if (!details) throw new Error("There is no transcript.");
  await act(async () => {
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
  });
  await until(() => expect(details.textContent).toContain("<b>Hello</b>"));
});

test("nobody's calls are told in words, and one that comes is shown", async () => {
  let calls: PhoneCall[] = [];
  await show(() => calls);
  expect(document.body.textContent).toContain("No telephone calls yet.");
  calls = [phoneCall({ status: "no_answer", pickedUp: false, durationSeconds: 0 })];
  deliver({ kind: "phone_call", id: calls[0]?.id ?? "", conversationId: null, contactId: "1", version: 1 });
  await until(() => expect(document.body.textContent).toContain("Incoming call, no answer"));
});
