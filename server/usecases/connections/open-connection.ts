import { z } from "zod";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { CallLane } from "../../integrations/call-gate.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import type { CallReport } from "../../integrations/http-client.ts";

const Credentials = z.record(z.string(), z.string());

/** The associated data of a connection's credentials: a ciphertext moved to another row does not open. */
export function credentialsAad(connectionId: string): string {
  return `connection:${connectionId}:credentials`;
}

/** What an admin entered, opened again. Never leaves the server. */
export function storedCredentials(deps: Pick<Deps, "secrets">, row: ConnectionRow): Record<string, string> {
  return Credentials.parse(JSON.parse(deps.secrets.decrypt(row.credentials, credentialsAad(row.id))));
}

export interface OpenOptions {
  readonly lane: CallLane;
  /** Hears of every call that is made. */
  readonly onCall?: (report: CallReport) => void;
}

/**
 * A connector for a stored connection, opened for one piece of work: cheap, made per job. Its calls keep the account's limits,
 * whichever process makes them: the first one waits up to two seconds, then throws `rate_limited` with the exact wait.
 */
export function openConnection(deps: Deps, row: ConnectionRow, { lane, onCall = () => {} }: OpenOptions): OpenConnector {
  const { provider, settings, facts } = row;
  const access = { provider, settings, credentials: storedCredentials(deps, row), facts };
  return deps.connectors.open(access, onCall, deps.callGate(row, lane));
}
