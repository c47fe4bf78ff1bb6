import type { VisitorActor } from "../../actor.ts";
import type { Deps } from "../../deps.ts";
import { findRenewableSession } from "./find-renewable-session.ts";

type VisitorCredential =
  | { readonly kind: "good"; readonly sessionId: string; readonly expiresAt: Date; readonly actor: VisitorActor }
  /** It may still be renewed. */
  | { readonly kind: "expired" }
  | { readonly kind: "unauthenticated" };

/** Whose token this is. */
export async function authenticateVisitor(deps: Deps, token: string): Promise<VisitorCredential> {
  const found = await findRenewableSession(deps, token);
  if (!found) return { kind: "unauthenticated" };
  const { session, visitor } = found;
  if (session.expiresAt <= deps.now()) return { kind: "expired" };
  return {
    kind: "good",
    sessionId: session.id,
    expiresAt: session.expiresAt,
    actor: { kind: "visitor", visitorId: visitor.id, siteId: visitor.siteId },
  };
}
