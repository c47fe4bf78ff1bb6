import { z } from "zod";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";

const Credentials = z.record(z.string(), z.string());

/** The associated data of a connection's credentials: a ciphertext moved to another row does not open. */
export function credentialsAad(connectionId: string): string {
  return `connection:${connectionId}:credentials`;
}

/** What an admin entered, opened again. Never leaves the server. */
export function storedCredentials(deps: Pick<Deps, "secrets">, row: ConnectionRow): Record<string, string> {
  return Credentials.parse(JSON.parse(deps.secrets.decrypt(row.credentials, credentialsAad(row.id))));
}
