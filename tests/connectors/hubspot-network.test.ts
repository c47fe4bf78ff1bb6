import { Hono } from "hono";
import { afterEach, describe, expect, it } from "vitest";
import { hubspot } from "../../server/integrations/hubspot/index.ts";
import { createHubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";
import { eventually } from "../support/eventually.ts";
import { type ServedApp, serveApp } from "../support/serve.ts";

const TOKEN = "pat-na1-sentinel-token";
const REF = { object: "contact", externalId: "504097748701" };

const served: ServedApp[] = [];

afterEach(async () => {
  await Promise.all(served.splice(0).map((server) => server.close()));
});

async function connectTo(app: Hono, timeoutMs = 15_000) {
  const server = await serveApp(app);
  served.push(server);
  const connector = hubspot.createConnector({
    settings: { baseUrl: server.url },
    credentials: { token: TOKEN },
    facts: {},
    now: Date.now,
    http: { timeoutMs },
  });
  return { connector, server };
}

function answering(answer: () => Response): Hono {
  const app = new Hono();
  app.all("*", () => answer());
  return app;
}

function drip(): Response {
  const beat = new TextEncoder().encode(" ");
  let timer: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => controller.enqueue(beat), 5);
    },
    cancel() {
      clearInterval(timer);
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

const bigBody = `{"id":"1","properties":{"email":"${"x".repeat(10 * 1024 * 1024)}"}}`;

describe("a HubSpot that does not answer as it should", () => {
  it.each<[string, () => Response | Promise<Response>]>([
    ["never answers", () => new Promise<Response>(() => {})],
    ["sends its body byte by byte for ever", drip],
  ])("%s: the call ends at its deadline and its socket is released", async (_what, answer) => {
    const released: string[] = [];
    const app = new Hono();
    app.all("*", (c) => {
      c.req.raw.signal.addEventListener("abort", () => released.push(c.req.method));
      return answer();
    });
    const { connector } = await connectTo(app, 1000);
    await expect(connector.getContact(REF, ["email"])).rejects.toMatchObject({
      code: "unavailable",
      outcome: "none",
      message: expect.stringContaining("did not answer within 1 seconds"),
    });
    const write = connector.updateContact(REF, { firstname: "Ann" }, null, ["email"]);
    await expect(write).rejects.toMatchObject({ code: "unavailable", outcome: "unknown" });
    await eventually("both sockets to be released", () => released.length === 2);
    expect(released).toEqual(["GET", "PATCH"]);
  });

  it.each<[string, () => Response, string, string]>([
    ["an HTML 502", () => new Response("<html>Bad gateway</html>", { status: 502 }), "unavailable", "unknown"],
    ["a 503 without content type", () => new Response(null, { status: 503 }), "unavailable", "unknown"],
    ["a 200 with an empty body", () => new Response(""), "bad_response", "unknown"],
    ["a 200 with a web page", () => new Response("<html></html>"), "bad_response", "unknown"],
    ["10 MB", () => new Response(bigBody), "bad_response", "unknown"],
  ])("answers a write with %s", async (_what, answer, code, outcome) => {
    const { connector } = await connectTo(answering(answer));
    const create = connector.createContact({ email: "ann@example.com" }, "key", ["email"]);
    await expect(create).rejects.toMatchObject({ name: "ConnectorError", code, outcome });
  });

  it("is not followed to another address, which gets to see neither call nor token", async () => {
    const seen: string[] = [];
    const canary = new Hono();
    canary.all("*", (c) => {
      seen.push(c.req.header("authorization") ?? "no token");
      return c.json({});
    });
    const elsewhere = await serveApp(canary);
    served.push(elsewhere);
    const headers = { location: `${elsewhere.url}/crm` };
    const { connector } = await connectTo(answering(() => new Response(null, { status: 307, headers })));
    await expect(connector.getContact(REF, ["email"])).rejects.toMatchObject({ code: "bad_response" });
    expect(seen).toEqual([]);
  });

  it("cannot be reached at all", async () => {
    const { connector, server } = await connectTo(new Hono());
    await server.close();
    served.length = 0;
    await expect(connector.checkConnection()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ could not be reached\.$/),
    });
  });

  it("cuts the connection after the work: the outcome is unknown, and the keyed create names the record", async () => {
    const simulator = createHubSpotSimulator({ token: TOKEN });
    const { connector } = await connectTo(simulator.app);
    simulator.faults.play({ fault: { kind: "reset", after: true }, times: 1 });
    const values = { email: "ann@example.com" };
    await expect(connector.createContact(values, "key", ["email"])).rejects.toMatchObject({
      code: "unavailable",
      outcome: "unknown",
    });
    const [made] = simulator.records();
    await expect(connector.createContact(values, "key", ["email"])).rejects.toMatchObject({
      code: "duplicate",
      existingId: made?.id,
    });
    expect(simulator.records()).toHaveLength(1);
  });
});
