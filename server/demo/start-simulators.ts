import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Provider } from "@rolodesk/shared/vocabulary";
import { makeDataFolder } from "../data-folder.ts";
import { closeServer, listenFrom, listenOn } from "../listen.ts";
import { createDynamicsSimulator } from "../simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator } from "../simulators/ghl/simulator.ts";
import { createHubSpotSimulator } from "../simulators/hubspot/hubspot-simulator.ts";
import type { Simulator } from "../simulators/kit/simulator.ts";
import { DYNAMICS_DEMO, HIGHLEVEL_DEMO, HUBSPOT_DEMO } from "./demo-accounts.ts";
import { fillDynamics, fillHighLevel, fillHubSpot } from "./simulator-records.ts";

/** A simulated CRM and what an admin would type to connect it. */
export interface RunningSimulator {
  readonly provider: Provider;
  readonly name: string;
  readonly url: string;
  /** The page on which a person plays the salesperson. */
  readonly recordsUrl: string;
  /** The part of a connection's settings that changes with the port. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface RunningSimulators {
  readonly all: readonly RunningSimulator[];
  close(): Promise<void>;
}

export interface SimulatorsOptions {
  /** Their records are kept here. */
  readonly folder: string;
  readonly host: string;
  /** The first one's; the others take the following. `exact`: taken is an error for the first. */
  readonly port: number;
  readonly exact: boolean;
}

/** Serves one simulator per CRM, each on a port of its own, filled with the demo's story when it has no records yet. */
export async function startSimulators({ folder, host, port, exact }: SimulatorsOptions): Promise<RunningSimulators> {
  makeDataFolder(folder);
  const file = (name: string) => join(folder, `${name}.json`);
  const closers: (() => Promise<void>)[] = [];
  let next = port;

  async function serve(simulator: Simulator): Promise<string> {
    const listening = exact && next === port ? await listenOn(host, port) : await listenFrom(host, next);
    next = listening.port + 1;
    listening.server.on("request", getRequestListener(simulator.app.fetch));
    closers.push(() => closeServer(listening.server));
    return `http://127.0.0.1:${listening.port}`;
  }

  const hubspot = createHubSpotSimulator({ ...HUBSPOT_DEMO, file: file("hubspot") });
  fillHubSpot(hubspot);
  const dynamics = createDynamicsSimulator({
    ...DYNAMICS_DEMO,
    organizationName: "Northwind Lamps",
    file: file("dynamics"),
  });
  fillDynamics(dynamics);
  const ghl = createGhlSimulator({ ...HIGHLEVEL_DEMO, locationName: "Northwind Lamps", file: file("highlevel") });
  fillHighLevel(ghl);

  const hubspotUrl = await serve(hubspot);
  const dynamicsUrl = await serve(dynamics);
  const ghlUrl = await serve(ghl);
  const { tenantId, clientId, clientSecret } = DYNAMICS_DEMO;
  return {
    all: [
      describe("hubspot", hubspot, hubspotUrl, {
        addresses: { baseUrl: hubspotUrl },
        credentials: { token: HUBSPOT_DEMO.token },
      }),
      describe("dynamics", dynamics, dynamicsUrl, {
        addresses: { environmentUrl: dynamicsUrl, tokenUrl: `${dynamicsUrl}/${tenantId}/oauth2/v2.0/token` },
        settings: { tenantId },
        credentials: { clientId, clientSecret },
      }),
      describe("ghl", ghl, ghlUrl, {
        addresses: { baseUrl: ghlUrl },
        settings: { locationId: HIGHLEVEL_DEMO.locationId },
        credentials: { token: HIGHLEVEL_DEMO.token },
      }),
    ],
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

interface Account {
  readonly addresses: Record<string, string>;
  readonly settings?: Record<string, string>;
  readonly credentials: Record<string, string>;
}

function describe(
  provider: Provider,
  { name }: Simulator,
  url: string,
  { addresses, settings = {}, credentials }: Account,
): RunningSimulator {
  const recordsUrl = `${url}/_records`;
  return { provider, name, url, recordsUrl, addresses, settings: { ...addresses, ...settings }, credentials };
}
