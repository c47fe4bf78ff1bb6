import type { UserActor } from "../../actor.ts";
import type { DbOrTx, Tx } from "../../db/client.ts";
import { findBatch, type ImportBatchRow, lockBatch } from "../../db/queries/import-batch.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";

/** Files bring people in for every site: for admins who see all of them. */
export function assertMayImport(actor: UserActor): void {
  assertAdmin(actor);
  if (actor.siteIds !== null) {
    throw new DomainError(
      "forbidden",
      "Imported people belong to every site. This needs somebody who serves all of them.",
    );
  }
}

export async function getBatch(db: DbOrTx, actor: UserActor, id: string): Promise<ImportBatchRow> {
  assertMayImport(actor);
  const batch = await findBatch(db, id);
  if (!batch) throw notFound("import");
  return batch;
}

/** The same, locked; refused while a job works on it. */
export async function lockIdleBatch(tx: Tx, actor: UserActor, id: string): Promise<ImportBatchRow> {
  assertMayImport(actor);
  const batch = await lockBatch(tx, id);
  if (!batch) throw notFound("import");
  if (batch.work !== null) {
    throw new DomainError("conflict", "Something is being done with this import. Wait until that is finished.");
  }
  return batch;
}

export function assertStaged({ stagedAt }: ImportBatchRow): void {
  if (stagedAt === null) throw new DomainError("conflict", "The rows of this file were not read yet.");
}
