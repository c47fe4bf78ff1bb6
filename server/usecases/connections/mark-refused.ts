import type { Tx } from "../../db/client.ts";
import { type ConnectionRow, lockConnection, updateConnection } from "../../db/queries/connection.ts";

/**
 * Lets a connection wait for new credentials after the CRM refused those of `used`. A refusal that arrives after others were
 * entered says nothing of them. Returns whether the connection waits now.
 */
export async function markRefused(tx: Tx, used: ConnectionRow, problem: string): Promise<boolean> {
  const current = await lockConnection(tx, used.id);
  if (current?.credentials !== used.credentials) return false;
  await updateConnection(tx, used.id, { status: "needs_reconnect", problem });
  return true;
}
