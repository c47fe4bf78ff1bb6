import type { Actor } from "../../actor.ts";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../client.ts";
import { audit } from "../schema/operations.ts";

export interface Deed {
  /** Area and verb, e.g. `site.changed`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly contactId?: string | null;
  /** Old and new values; never a credential. */
  readonly data?: Record<string, unknown>;
}

/** Writes who did what into the audit trail, in the transaction of the deed. */
export async function insertAudit(tx: Tx, deps: Pick<Deps, "newId">, actor: Actor, deed: Deed): Promise<void> {
  await tx.insert(audit).values({
    id: deps.newId(),
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : actor.kind === "visitor" ? actor.visitorId : null,
    actorName: actor.kind === "visitor" ? null : actor.name,
    action: deed.action,
    subjectKind: deed.subject.kind,
    subjectId: deed.subject.id,
    contactId: deed.contactId,
    data: deed.data ?? {},
  });
}
