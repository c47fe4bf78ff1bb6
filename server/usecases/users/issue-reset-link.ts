import type { Tx } from "../../db/client.ts";
import { storeResetToken } from "../../db/queries/user.ts";
import type { Deps } from "../../deps.ts";
import { mintToken } from "../bearer-token.ts";

const VALID_MS = 24 * 60 * 60_000;

/** A link by which a user sets their password: once, within a day. It replaces an earlier one. */
export async function issueResetLink(tx: Tx, deps: Deps, userId: string): Promise<string> {
  const { token, hash } = mintToken();
  const expiresAt = new Date(deps.now().getTime() + VALID_MS);
  await storeResetToken(tx, { id: deps.newId(), userId, hash, expiresAt });
  return `${deps.config.publicUrl}/app/reset#token=${token}`;
}
