import { deleteVisitorSession } from "../../db/queries/visitor.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { findRenewableSession } from "./find-renewable-session.ts";

/** Log-out: the token and every socket that came in by it end. The conversation stays with the visitor it belongs to. */
export async function endVisitorSession(deps: Deps, token: string): Promise<void> {
  const found = await findRenewableSession(deps, token);
  if (!found) throw new DomainError("unauthenticated", "This session has ended already.");
  await deleteVisitorSession(deps.db, found.session.id);
  deps.publish.disconnect({ sessionIds: [found.session.id] });
}
