import { expect, it } from "vitest";
import { z } from "zod";
import { LOCATION, openGhlSimulator } from "./ghl-client.ts";

const EXPORT = `/conversations/messages/export?locationId=${LOCATION}&channel=Call`;
const Messages = z.array(z.looseObject({ id: z.string() }));
const PLAYED = { direction: "inbound", status: "voicemail", durationSeconds: 9 } as const;

it("exports calls page by page, oldest change first, with the duration as a text and no recording", async () => {
  const { simulator, ask, advance } = openGhlSimulator();
  const contactId = simulator.seed("contact", { phone: "+12025550123" });
  const ids: string[] = [];
  for (let call = 0; call < 12; call++) {
    ids.push(simulator.call(contactId, PLAYED));
    advance(1000);
  }
  const first = await ask("GET", `${EXPORT}&limit=10&sortBy=updatedAt&sortOrder=asc`);
  const second = await ask("GET", `${EXPORT}&limit=10&sortBy=updatedAt&sortOrder=asc&cursor=${first.json.nextCursor}`);
  const messages = [first, second].flatMap(({ json }) => Messages.parse(json.messages));
  expect(messages.map(({ id }) => id)).toEqual(ids);
  expect(messages[0]).toMatchObject({
    messageType: "TYPE_VOICEMAIL",
    attachments: [],
    meta: { callDuration: "9", callStatus: "voicemail" },
  });
  expect([first.json.total, second.json.nextCursor]).toEqual([12, undefined]);
});

it("exports to nobody without the scope, nor of another location, nor fewer than ten at a time", async () => {
  const { simulator, ask } = openGhlSimulator();
  simulator.addToken({ token: "narrow", kind: "pit", locationId: LOCATION, scopes: ["contacts.readonly"] });
  expect(await ask("GET", EXPORT, undefined, { authorization: "Bearer narrow" })).toMatchObject({ status: 401 });
  expect(await ask("GET", EXPORT.replace(LOCATION, "otherLocation0000001"))).toMatchObject({ status: 403 });
  expect(await ask("GET", `${EXPORT}&limit=9`)).toMatchObject({ status: 400 });
});

it("lets a person log a call on its page, and nobody else's page", async () => {
  const { simulator } = openGhlSimulator();
  const id = simulator.seed("contact", { firstName: "Ana", phone: "+12025550123" });
  const page = await simulator.app.request(`http://ghl.test/_calls/${id}`);
  expect(await page.text()).toContain("Log the call");
  const body = new URLSearchParams({
    direction: "outbound",
    status: "busy",
    seconds: "0",
    transcript: "",
    disposition: "",
  });
  const post = (origin: string) =>
    simulator.app.request(`http://ghl.test/_calls/${id}`, { method: "POST", body, headers: { origin } });
  expect((await post("http://elsewhere.test")).status).toBe(403);
  expect((await post("http://ghl.test")).status).toBe(303);
  expect((await simulator.app.request("http://ghl.test/_calls/nobody")).status).toBe(404);
});
