import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { App, Ui } from "../../widget/src/app/app-context.ts";
import { createChat } from "../../widget/src/app/chat.ts";
import { Widget } from "../../widget/src/app/components/widget.tsx";
import { loadLanguage } from "../../widget/src/app/locales/language.ts";
import { observable } from "../../widget/src/app/observable.ts";
import { reportToHost } from "../../widget/src/app/report-to-host.ts";
import { createStore } from "../../widget/src/app/store.ts";
import type { ToHost } from "../../widget/src/bridge/to-host.ts";
import { eventually } from "../support/eventually.ts";
import { fakeServer } from "./fake-server.ts";
import { memoryDisk } from "./support.ts";

let server: ReturnType<typeof fakeServer>;

beforeEach(() => {
  server = fakeServer();
});

afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});

/** The app as the frame shows it, and what it told the host page. */
async function open() {
  const told: ToHost[] = [];
  const host = { send: (message: ToHost) => void told.push(message) };
  const store = createStore("shop", memoryDisk());
  const page = { url: "https://shop.example.com/", title: "Shop", referrer: "" };
  const chat = createChat({ siteKey: "shop", store, agentsOnline: true, page });
  const ui = observable<Ui>({ shown: true, view: "home", focusAsked: 0 });
  const app: App = {
    chat,
    config: {
      siteKey: "shop",
      name: "Shop",
      accent: "#1d6b5f",
      greeting: "",
      ask: { firstName: "required", lastName: "off", email: "off", phone: "off" },
      agentsOnline: true,
    },
    language: await loadLanguage("en"),
    host,
    store,
    ui,
  };
  reportToHost(chat.state, store, host);
  render(<Widget app={app} />, document.body);
  return { told, ui };
}

function find<T extends Element>(selector: string, kind: new () => T): Promise<T> {
  return eventually(selector, () => {
    const found = document.querySelector(selector);
    return found instanceof kind ? found : null;
  });
}

async function button(name: string): Promise<HTMLButtonElement> {
  return await eventually(`the button ${name}`, () =>
    [...document.querySelectorAll("button")].find(
      (found) => found.getAttribute("aria-label") === name || found.textContent?.trim().startsWith(name),
    ),
  );
}

async function write(selector: string, text: string): Promise<HTMLElement> {
  const box = await find(selector, HTMLElement);
  Object.assign(box, { value: text });
  box.dispatchEvent(new Event("input", { bubbles: true }));
  return box;
}

async function say(text: string): Promise<void> {
  await write("textarea", text);
  const send = await button("Send");
  await eventually("the send button to be ready", () => !send.disabled);
  send.click();
}

test("a visitor writes, is asked for their name in the flow, gives it, and is answered", async () => {
  server.on("facts.save", ({ facts }) => {
    const [{ value }] = facts as [{ value: string }];
    const identity = { state: "claimed", firstName: value, lastName: null, email: null, phone: null };
    return { ok: true, data: { identity, conversation: { ...server.conversation(), statedFields: ["firstName"] } } };
  });
  const { told } = await open();
  (await button("Send us a message")).click();
  await say("Hello");
  await eventually("the tick", () => document.body.textContent?.includes("Sent ·"));

  await write("#card-firstName", "");
  (await button("Save")).click();
  await eventually("the objection", () => document.querySelector(".error")?.textContent === "Fill this in.");
  await write("#card-firstName", "Ana");
  (await button("Save")).click();
  await eventually("the thanks", () => document.body.textContent?.includes("Thanks, Ana."));
  expect(document.querySelector("form")).toBeNull();

  server.push("message", server.store({ clientId: "a", kind: "agent", authorName: "Sam", text: "<b>Hi</b> Ana" }));
  const log = await find('[role="log"]', HTMLElement);
  await eventually("the answer", () => log.textContent?.includes("<b>Hi</b> Ana"));
  await eventually("the read mark", () => server.asked.some(({ event }) => event === "conversation.read"));
  expect(told).toContainEqual({ type: "message", message: { id: "id-2", author: "Sam", text: "<b>Hi</b> Ana" } });
  expect(told).toContainEqual({ type: "identity", state: "claimed" });
});

test("the card is no wall: writing goes on beside it", async () => {
  await open();
  (await button("Send us a message")).click();
  await say("one");
  await find("#card-firstName", HTMLInputElement);
  await say("two");
  await eventually("both messages", () => server.messages.length === 2);
  expect(document.querySelector("form")).not.toBeNull();
});

test("what arrives while the panel is closed is counted, once", async () => {
  const { told, ui } = await open();
  (await button("Send us a message")).click();
  await say("Hello");
  await eventually("the message", () => server.messages.length === 1);
  ui.set({ ...ui.get(), shown: false });
  const answer = server.store({ clientId: "a", kind: "agent", authorName: "Sam", text: "Hi" });
  server.push("message", answer);
  server.push("message", answer);
  await eventually("the count", () => told.some((message) => message.type === "unread"));
  expect(told.filter((message) => message.type === "unread")).toEqual([{ type: "unread", count: 1 }]);
  expect(told.filter((message) => message.type === "message")).toHaveLength(1);
});

test("an ended conversation is over until a new one is started", async () => {
  await open();
  (await button("Send us a message")).click();
  await say("Hello");
  await eventually("the message", () => server.messages.length === 1);
  server.push("conversation", { ...server.conversation(), status: "ended", endedBy: "agent" });
  const again = await button("Start a new conversation");
  expect(document.querySelector("textarea")).toBeNull();
  again.click();
  await find("textarea", HTMLTextAreaElement);
  expect(document.querySelector(".bubble")).toBeNull();
});
