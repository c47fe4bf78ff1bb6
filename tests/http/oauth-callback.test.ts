import { AuthorizationStart } from "@rolodesk/shared/authorization";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";
import { consent } from "../support/authorize.ts";
import { type Agent, type ChatRig, createChatRig, send } from "../support/chat-rig.ts";
import { mint } from "../support/ids.ts";
import { type ServedApp, serveApp } from "../support/serve.ts";

const APP = { clientId: "hubspot-client-0123456789", clientSecret: "SENTINEL_APP_SECRET_0123456789" };

/** HubSpot takes no redirect address without a name. */
const PUBLIC_URL = "https://rolodesk.test";

let rig: ChatRig;
let admin: Agent;
let served: ServedApp;
const simulator = createHubSpotSimulator({ token: "pat-unused", app: APP });

beforeAll(async () => {
  rig = await createChatRig({ publicUrl: PUBLIC_URL });
  admin = await rig.makeUser("admin");
  served = await serveApp(simulator.app);
});
afterAll(async () => {
  await served.close();
  await rig.close();
});

async function begin(who: Agent) {
  const settings = { baseUrl: served.url, authorizeUrl: `${served.url}/oauth/authorize` };
  const answer = await send(rig.url, "POST", "/api/authorizations", {
    cookie: who.cookie,
    headers: { origin: PUBLIC_URL },
    body: { provider: "hubspot", name: mint("HubSpot"), settings, credentials: APP },
  });
  expect(answer.status).toBe(201);
  const { url } = AuthorizationStart.parse(await answer.json());
  return (await consent(simulator, url, "Connect app")).search;
}

const comeBack = (who: Agent | undefined, provider: string, search: string) =>
  send(rig.url, "GET", `/oauth/${provider}/callback${search}`, { cookie: who?.cookie });

async function connections(): Promise<string> {
  return await (await admin.request("GET", "/api/connections")).text();
}

describe("the address a vendor sends the browser back to", () => {
  test("leads into the console, to the account that was connected, and to nowhere else", async () => {
    const search = await begin(admin);
    const answer = await comeBack(admin, "hubspot", `${search}&next=//evil.test&redirect=https://evil.test`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toMatch(/^\/app\/settings\/connections\/[\w-]{36}\?authorized=1$/);
  });

  test("tells no token, code or secret, and nothing of them is to be read afterwards", async () => {
    const search = await begin(admin);
    const answer = await comeBack(admin, "hubspot", search);
    const told = [await answer.text(), JSON.stringify([...answer.headers]), await connections()].join();
    const code = new URLSearchParams(search).get("code") ?? "none";
    for (const secret of [APP.clientSecret, code, "na1-at", "na1-rt"]) expect(told).not.toContain(secret);
  });

  test.each([
    ["nothing at all", ""],
    ["a code alone", "?code=made-up"],
    ["a state alone", "?state=made-up"],
    ["markup", "?state=<script>alert(1)</script>&code=<img>"],
    ["a very long state", `?state=${"a".repeat(5000)}&code=x`],
  ])("refuses %s in words, as a page", async (_what, search) => {
    const before = await connections();
    const answer = await comeBack(admin, "hubspot", search);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toContain("text/html");
    const page = await answer.text();
    expect(page).toContain("Not connected");
    expect(page).not.toMatch(/<script|<img/);
    expect(await connections()).toBe(before);
  });

  test("refuses a state that was used", async () => {
    const search = await begin(admin);
    expect((await comeBack(admin, "hubspot", search)).status).toBe(303);
    expect((await comeBack(admin, "hubspot", search)).status).toBe(400);
  });

  test("refuses another admin, another session of the same admin, and another vendor, and lets the right one in after", async () => {
    const search = await begin(admin);
    const before = await connections();
    const other = await rig.makeUser("admin");
    expect((await comeBack(other, "hubspot", search)).status).toBe(400);
    expect((await comeBack({ ...admin, cookie: await admin.signIn() }, "hubspot", search)).status).toBe(400);
    expect((await comeBack(admin, "ghl", search)).status).toBe(400);
    expect((await comeBack(undefined, "hubspot", search)).status).toBe(401);
    expect((await comeBack(admin, "nobody", search)).status).toBe(404);
    expect(await connections()).toBe(before);
    expect((await comeBack(admin, "hubspot", search)).status).toBe(303);
  });

  test("refuses agents, and programs cannot begin", async () => {
    const agent = await rig.makeUser("agent");
    expect((await comeBack(agent, "hubspot", "?state=x&code=y")).status).toBe(403);
    expect((await agent.request("POST", "/api/authorizations", {})).status).toBe(403);
  });
});
