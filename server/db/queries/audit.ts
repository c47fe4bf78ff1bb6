import { and, asc, eq, inArray } from "drizzle-orm";
import type { Actor } from "../../actor.ts";
import type { Deps } from "../../deps.ts";
import type { DbOrTx, Tx } from "../client.ts";
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
  await tx.insert(audit).values(toAudit(deps, actor, deed));
}

const DEEDS_AT_ONCE = 1000;

/** The same for many deeds of one kind. */
export async function insertAudits(
  tx: Tx,
  deps: Pick<Deps, "newId">,
  actor: Actor,
  deeds: readonly Deed[],
): Promise<void> {
  for (let from = 0; from < deeds.length; from += DEEDS_AT_ONCE) {
    await tx.insert(audit).values(deeds.slice(from, from + DEEDS_AT_ONCE).map((deed) => toAudit(deps, actor, deed)));
  }
}

function toAudit(deps: Pick<Deps, "newId">, actor: Actor, deed: Deed): typeof audit.$inferInsert {
  return {
    id: deps.newId(),
    actorKind: actor.kind,
    actorId: actor.kind === "user" ? actor.userId : actor.kind === "visitor" ? actor.visitorId : null,
    actorName: actor.kind === "visitor" ? null : actor.name,
    action: deed.action,
    subjectKind: deed.subject.kind,
    subjectId: deed.subject.id,
    contactId: deed.contactId,
    data: { ...deed.data, ...(actor.kind === "user" && actor.apiKey ? { apiKey: actor.apiKey } : {}) },
  };
}

export type AuditRow = typeof audit.$inferSelect;

/** What was done to these subjects of one kind, oldest first. */
export async function listAudit(db: DbOrTx, kind: string, subjectIds: readonly string[]): Promise<AuditRow[]> {
  return await db
    .select()
    .from(audit)
    .where(and(eq(audit.subjectKind, kind), inArray(audit.subjectId, [...subjectIds])))
    .orderBy(asc(audit.createdAt), asc(audit.id));
}
