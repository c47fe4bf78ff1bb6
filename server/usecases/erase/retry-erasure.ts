import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { findErasure, listErasureSteps, updateErasure, updateErasureStep } from "../../db/queries/erasure.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";

/** Tries once more what could not be deleted in a CRM. */
export async function retryErasure(deps: Deps, actor: UserActor, id: string): Promise<void> {
  assertAdmin(actor);
  await deps.db.transaction(async (tx) => {
    const request = await findErasure(tx, id);
    if (!request) throw notFound("erasure");
    if (request.status !== "failed") throw new DomainError("conflict", "Nothing of this erasure has failed.");
    for (const step of await listErasureSteps(tx, [id])) {
      if (step.status === "failed")
        await updateErasureStep(tx, step.id, { status: "waiting", attempts: 0, problem: null });
    }
    await updateErasure(tx, id, { status: "running", finishedAt: null });
    await deps.enqueue(tx, { name: "erase-in-crms", payload: { requestId: id } }, { jobKey: `erase:${id}` });
    const subject = { kind: "contact", id: request.contactId };
    await insertAudit(tx, deps, actor, { action: "erasure.retried", subject, contactId: request.contactId });
  });
}
