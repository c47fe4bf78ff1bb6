import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { CallGate, CallLane } from "../../integrations/call-gate.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import type { CallReport } from "../../integrations/http-client.ts";
import { grantTokens } from "../authorizations/grant-tokens.ts";
import { storedCredentials } from "./stored-credentials.ts";

interface OpenOptions {
  readonly lane: CallLane;
  /** Hears of every call that is made. */
  readonly onCall?: (report: CallReport) => void;
  /** Of the work that this is a part of; one of its own when absent. */
  readonly gate?: CallGate;
}

/**
 * A connector for a stored connection, opened for one piece of work: cheap, made per job. Its calls keep the account's limits,
 * whichever process makes them: the first one waits a moment (a person's up to two seconds), then throws `rate_limited` with the exact wait.
 */
export function openConnection(
  deps: Deps,
  row: ConnectionRow,
  { lane, onCall = () => {}, gate = deps.callGate(row, lane) }: OpenOptions,
): OpenConnector {
  const { provider, settings, facts } = row;
  const tokens = row.access === "oauth" ? grantTokens(deps, row.id) : undefined;
  const access = { provider, settings, credentials: storedCredentials(deps, row), facts, tokens };
  return deps.connectors.open(access, onCall, gate);
}
