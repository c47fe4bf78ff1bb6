import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { AccountInfo } from "../../domain/connector.ts";
import { credentialHints } from "./credential-hints.ts";
import { credentialsAad } from "./stored-credentials.ts";

/** What a connection becomes when a test has shown that it works with these settings and credentials. */
export function reconnected(
  deps: Deps,
  row: ConnectionRow,
  { settings, credentials }: { settings: Record<string, string>; credentials: Record<string, string> },
  account: AccountInfo,
) {
  return {
    settings,
    credentials: deps.secrets.encrypt(JSON.stringify(credentials), credentialsAad(row.id)),
    credentialHints: credentialHints(credentials),
    accountName: account.accountName,
    facts: account.facts,
    problem: null,
    waitUntil: null,
    ...(row.status === "needs_reconnect" ? { status: "active" as const } : {}),
  };
}
