import { findVisitorSession, type SessionWithVisitor } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { hashToken } from "../bearer-token.ts";

export const ACCESS_MS = 60 * 60_000;
export const RENEWABLE_MS = 90 * 24 * 60 * 60_000;
/** A renewed token works this much longer, so that a lost answer locks nobody out. */
const GRACE_MS = 60_000;

/** The session a token may still be exchanged for a new one of, or undefined: expired is fine, revoked is not. */
export async function findRenewableSession(
  deps: Pick<Deps, "db" | "now">,
  token: string,
): Promise<SessionWithVisitor | undefined> {
  const found = await findVisitorSession(deps.db, hashToken(token));
  if (!found) return undefined;
  const now = deps.now().getTime();
  const { renewUntil, endedAt } = found.session;
  if (renewUntil.getTime() <= now || (endedAt && endedAt.getTime() + GRACE_MS <= now)) return undefined;
  return found;
}
