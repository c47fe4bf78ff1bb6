import { updateConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { ConnectorError } from "../../domain/connector-error.ts";

const UNSAID_MS = 10_000;

/** For how many ms a CRM is left alone after `rate_limited`. What it asked for itself holds for all that would call the account. */
export async function askedWait(
  { db, now }: Pick<Deps, "db" | "now">,
  connectionId: string,
  { status, retryAfterMs }: ConnectorError,
): Promise<number> {
  const ms = retryAfterMs ?? UNSAID_MS;
  if (status === 429) await updateConnection(db, connectionId, { waitUntil: new Date(now().getTime() + ms) });
  return ms;
}
