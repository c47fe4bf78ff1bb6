import { afterEach, describe, expect, it } from "vitest";
import { updateConnection } from "../../../server/db/queries/connection.ts";
import { createConnectorFactory } from "../../../server/integrations/create-connector-factory.ts";
import { ghl } from "../../../server/integrations/ghl/index.ts";
import { DEFAULT_TIMEOUT_MS } from "../../../server/integrations/http-client.ts";
import { createHandlers } from "../../../server/jobs/create-handlers.ts";
import { enqueue } from "../../../server/jobs/enqueue.ts";
import { enqueueRun, enqueueTranscript } from "../../../server/jobs/enqueue-run.ts";
import { type JobRunner, startRunner } from "../../../server/jobs/runner.ts";
import { createCallGates } from "../../../server/usecases/calls/create-call-gates.ts";
import { eventually } from "../../support/eventually.ts";
import { mintEmail } from "../../support/ids.ts";
import { serveApp } from "../../support/serve.ts";
import { createSyncRig, type SyncRig } from "../../support/sync-rig.ts";
import { tally } from "../../support/tally.ts";
import { figuresOf } from "./figures.ts";
import { MANNERS, type RawCrm, startRawCrm } from "./raw-crm.ts";

const PUSHES = 8;
const figure = figuresOf("F9");
const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function rawCrm(manners: (typeof MANNERS)[number]): Promise<RawCrm> {
  const raw = await startRawCrm(manners);
  ending.push(() => raw.close());
  return raw;
}

describe("a CRM that sends", () => {
  it.each(MANNERS)("%s is given up at the deadline of the whole call, and its socket is released", async (manners) => {
    const raw = await rawCrm(manners);
    const connector = ghl.createConnector({
      settings: { locationId: "demoLocation00000001", baseUrl: raw.url, appUrl: "https://app.gohighlevel.com" },
      credentials: { token: "pit-0123456789abcdef" },
      facts: {},
      now: Date.now,
      http: { timeoutMs: 1000 },
    });
    const read = connector.getContact({ object: "contact", externalId: "abcdefghijABCDEFGHIJ" }, ["email"]);
    await expect(read).rejects.toMatchObject({ code: "unavailable", outcome: "none" });
    expect(raw.asked()).toBe(1);
    await eventually("the socket to be released", () => raw.open() === 0);
    expect(DEFAULT_TIMEOUT_MS).toBeLessThanOrEqual(30_000);
  });
});

describe("a process of which many pushes hang in one CRM", () => {
  it("pushes to another meanwhile, and loses nothing of the first", async () => {
    const raw = await startRawCrm("headers and then nothing");
    const rig = await createSyncRig();
    ending.push(() => rig.close());
    const ghlId = await rig.connect("ghl");
    const hubspotId = await rig.connect("hubspot");
    // the simulator's clock stands still
    Object.assign(rig.hubspot.switches, { searchesPerSecond: 1_000, callsPerTenSeconds: 1_000 });
    for (let i = 0; i < PUSHES; i += 1) await rig.chatAndEnd({ lastName: "Reyes", email: mintEmail() });
    const runner = await startProcess(rig, { [ghlId]: raw.url, [hubspotId]: await served(rig.hubspot.app) });
    ending.push(() => raw.close().then(() => runner.stop()));

    await enqueueAll(rig, ghlId);
    await eventually("pushes to hang", () => raw.open() >= 2);
    await enqueueAll(rig, hubspotId);
    await eventually("the other CRM's pushes", async () => (await rig.runs(hubspotId)).every(isDone));
    expect((await rig.runs(ghlId)).map(({ attempts, status }) => [attempts <= 1, isDone({ status })])).toEqual(
      Array.from({ length: PUSHES }, () => [true, false]),
    );
    const { doubled } = await tally(rig);
    const lost = (await rig.runs()).filter(({ status }) => status === "failed").length;
    figure(`${PUSHES} pushes hang, ${PUSHES} of another CRM end`, { lost, doubled });
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  });
});

const isDone = ({ status }: { status: string }) => status === "done";

async function served(app: SyncRig["hubspot"]["app"]): Promise<string> {
  const server = await serveApp(app);
  ending.push(() => server.close());
  return server.url;
}

async function enqueueAll(rig: SyncRig, connectionId: string): Promise<void> {
  for (const run of await rig.runs(connectionId)) {
    await rig.deps.db.transaction((tx) => enqueueRun(tx, run));
  }
}

/** A job process on the real queue, clock and sockets; its connections live at these addresses. */
async function startProcess(rig: SyncRig, addresses: Readonly<Record<string, string>>): Promise<JobRunner> {
  for (const [id, baseUrl] of Object.entries(addresses)) {
    const { settings } = await rig.connection(id);
    await updateConnection(rig.deps.db, id, { settings: { ...settings, baseUrl } });
  }
  // however slow this machine is, the calls that hang still hang when the others are done
  const connectors = createConnectorFactory({ demo: true, now: Date.now, http: { timeoutMs: 600_000 } });
  const { db, publish, newId, log } = rig.deps;
  const callGate = createCallGates({ db, connectors, publish, newId });
  const now = () => new Date();
  const deps = { ...rig.deps, now, connectors, callGate, enqueue, enqueueRun, enqueueTranscript };
  return await startRunner({ url: rig.databaseUrl, handlers: createHandlers(deps), log });
}
