import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Provider } from "@rolodesk/shared/vocabulary";
import { makeDataFolder } from "../data-folder.ts";
import { closeServer, listenFrom, listenOn } from "../listen.ts";
import { createDemoCrms, type DemoCrm, type DemoEntry, type DemoHook } from "./demo-crms.ts";

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
  /** What an admin would type to have it authorized; null where there is no OAuth. */
  readonly oauth: DemoEntry | null;
  readonly hook: DemoHook | null;
}

export interface RunningSimulators {
  readonly all: readonly RunningSimulator[];
  /** The token by which the store vouches for a customer who signs in there; null when it knows nobody of this email. */
  shopperToken(email: string): Promise<string | null>;
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

/** Serves one simulator per CRM, each on a port of its own. */
export async function startSimulators({ folder, host, port, exact }: SimulatorsOptions): Promise<RunningSimulators> {
  makeDataFolder(folder);
  const { crms, shopperToken } = createDemoCrms((name) => join(folder, `${name}.json`));
  const closers: (() => Promise<void>)[] = [];
  let next = port;

  async function serve({ simulator }: DemoCrm): Promise<string> {
    const listening = exact && next === port ? await listenOn(host, port) : await listenFrom(host, next);
    next = listening.port + 1;
    listening.server.on("request", getRequestListener(simulator.app.fetch));
    closers.push(() => {
      simulator.webhooks?.deliveries.stop();
      return closeServer(listening.server);
    });
    return `http://127.0.0.1:${listening.port}`;
  }

  const all: RunningSimulator[] = [];
  for (const crm of crms) all.push(describe(crm, await serve(crm)));
  return {
    all,
    shopperToken,
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

function describe({ provider, simulator, account, hook }: DemoCrm, url: string): RunningSimulator {
  const { addresses, settings = {}, credentials, oauth = null } = account(url);
  const recordsUrl = `${url}/_records`;
  const all = { ...addresses, ...settings };
  return { provider, name: simulator.name, url, recordsUrl, addresses, settings: all, credentials, oauth, hook };
}
