import type { WebhookSetup } from "@rolodesk/shared/connection";
import { WEBHOOK_REFUSALS } from "@rolodesk/shared/vocabulary";
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { WebhookCard } from "../../sidebar/src/screens/settings/connections/webhook-card.tsx";
import { until } from "../support/until.ts";
import { serveFake } from "./fake-server.ts";

afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

const SETUP: WebhookSetup = {
  address: "https://chat.example.com/hooks/1",
  steps: ["Enter the address above."],
  signing: null,
  own: { label: "Webhook key", hint: "It proves what comes.", inAddress: false, isSet: false },
  lastEvent: null,
  lastRefusal: null,
};
const EVENT = { kind: "changed", status: "done", outcome: "Newer values were read." } as const;

async function show(setup: Partial<WebhookSetup>): Promise<string> {
  serveFake(({ method }) =>
    method === "POST"
      ? { status: 201, body: { secret: "made-once", address: null } }
      : { body: { ...SETUP, ...setup } },
  );
  await act(async () => {
    render(<WebhookCard connectionId="1" providerName="Dynamics 365" />, document.body);
  });
  await until(() => expect(document.querySelector("h3")).not.toBeNull());
  return document.body.textContent ?? "";
}

test("before anything came, the address and the steps are there, and nothing is called refused", async () => {
  const text = await show({});
  expect(text).toContain("No events yet.");
  expect(text).toContain("https://chat.example.com/hooks/1");
  expect(text).not.toContain("refused");
});

test("each reason of a refusal says why, and what to do as long as nothing was believed since", async () => {
  const at = "2026-11-20T12:00:00.000Z";
  for (const reason of WEBHOOK_REFUSALS) {
    const text = await show({ lastRefusal: { reason, count: 3, at } });
    expect(text).toMatch(/Last refused .+: .+\. 3 deliveries were refused in all\./);
    expect(document.querySelectorAll(".settings-refusal p")).toHaveLength(2);
  }
});

test("a refusal before the last event is told without alarm", async () => {
  const lastRefusal = { reason: "bad_signature", count: 1, at: "2026-11-20T12:00:00.000Z" } as const;
  const text = await show({ lastRefusal, lastEvent: { ...EVENT, at: "2026-11-20T12:05:00.000Z" } });
  expect(text).toContain("Newer values were read.");
  expect(text).toContain("its proof is wrong");
  expect(document.querySelectorAll(".settings-refusal p")).toHaveLength(1);
  expect(document.querySelector(".settings-refusal-new")).toBeNull();
});

test("a secret that was made is shown once, to be copied", async () => {
  await show({});
  const create = [...document.querySelectorAll("button")].find(({ textContent }) =>
    textContent?.includes("Create a secret"),
  );
  await act(async () => create?.click());
  await until(() => expect(document.body.textContent).toContain("made-once"));
  expect(document.body.textContent).toContain("It is not shown again.");
});
