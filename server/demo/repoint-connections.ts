import { listConnections, updateConnection } from "../db/queries/connection.ts";
import type { Deps } from "../deps.ts";
import type { RunningSimulator } from "./start-simulators.ts";

/**
 * The simulators' ports may differ from the last start's. Connections to an address on this machine are pointed at the
 * simulator of their CRM as it runs now; those to real accounts are left alone.
 */
export async function repointConnections(deps: Deps, simulators: readonly RunningSimulator[]): Promise<void> {
  for (const row of await listConnections(deps.db)) {
    const simulator = simulators.find(({ provider }) => provider === row.provider);
    if (!simulator || !pointsHere(row.settings, simulator.addresses)) continue;
    const page = row.access === "oauth" ? simulator.oauth?.settings : undefined;
    const settings = { ...row.settings, ...simulator.addresses, ...page };
    if (JSON.stringify(settings) !== JSON.stringify(row.settings))
      await updateConnection(deps.db, row.id, { settings });
  }
}

/** Whether a connection's addresses are on this machine. */
export function pointsHere(
  settings: Readonly<Record<string, string>>,
  addresses: Readonly<Record<string, string>>,
): boolean {
  return Object.keys(addresses).every((name) => {
    const address = settings[name];
    return address !== undefined && URL.canParse(address) && new URL(address).hostname === "127.0.0.1";
  });
}
