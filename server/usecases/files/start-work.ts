import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { deleteBatch } from "../../db/queries/import-batch.ts";
import { countRows, hasRows } from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertStaged, lockIdleBatch } from "./batch-access.ts";
import { enqueueWork } from "./enqueue-work.ts";
import { publishBatch } from "./publish-batch.ts";

/** Puts the rows that wait into their classes anew. */
export async function checkAgain(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    assertStaged(await lockIdleBatch(tx, actor, id));
    const waiting = (await countRows(tx, id)).filter(({ status }) => status === "pending");
    await enqueueWork(tx, deps, id, "checking", sum(waiting));
  });
  await publishBatch(deps, id);
}

/** Takes out again the contacts that only this import made, where nobody has touched them since. */
export async function undoImport(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const batch = await lockIdleBatch(tx, actor, id);
    assertStaged(batch);
    const counts = await countRows(tx, id);
    const created = counts.reduce((rows, one) => rows + (one.status === "imported" ? one.created : 0), 0);
    if (created === 0)
      throw new DomainError("conflict", "This import has made no contact that could be taken out again.");
    await enqueueWork(tx, deps, id, "undoing", created);
    await insertAudit(tx, deps, actor, {
      action: "import.undone",
      subject: { kind: "import_batch", id },
      data: { created },
    });
  });
  await publishBatch(deps, id);
}

/** Throws a batch away of which nothing was brought in. */
export async function discardImport(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const { fileName } = await lockIdleBatch(tx, actor, id);
    if (await hasRows(tx, id, ["approved", "imported"])) {
      throw new DomainError("conflict", "People of this file were brought in. Undo the import first.");
    }
    await deleteBatch(tx, id);
    const deed = { action: "import.discarded", subject: { kind: "import_batch", id }, data: { fileName } };
    await insertAudit(tx, deps, actor, deed);
  });
}

function sum(counts: readonly { rows: number }[]): number {
  return counts.reduce((total, { rows }) => total + rows, 0);
}
