import type { RowSelection } from "@rolodesk/shared/import-batch";
import type { RowClass } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ImportBatchRow, lockBatch, updateBatch } from "../../db/queries/import-batch.ts";
import { type Decision, decideRows, hasRows } from "../../db/queries/import-row.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { assertStaged, getBatch } from "./batch-access.ts";
import { enqueueWork } from "./enqueue-work.ts";
import { publishBatch } from "./publish-batch.ts";
import { rest } from "./rest.ts";

/** Of these it is known whom they are about; an ambiguous row is approved once somebody has chosen. */
const APPROVABLE: readonly RowClass[] = ["matched", "unmatched", "duplicate"];
const ALL: readonly RowClass[] = [...APPROVABLE, "ambiguous", "invalid"];

/** Approves rows that wait and has them brought in. Doing it twice is doing it once. Returns how many were approved. */
export async function approveRows(deps: Deps, actor: UserActor, id: string, rows: RowSelection): Promise<number> {
  const batch = await getBatch(deps.db, actor, id);
  assertDecidable(batch);
  const approved = await decide(deps, actor, batch, rows, { status: "approved", problem: null });
  await deps.db.transaction(async (tx) => {
    const current = await lockBatch(tx, id);
    if (current?.work === "importing") {
      await updateBatch(tx, id, { workTotal: current.workTotal + approved });
    } else if (current?.work === null && (await hasRows(tx, id, ["approved"]))) {
      await enqueueWork(tx, deps, id, "importing", approved);
    }
  });
  await publishBatch(deps, id);
  return approved;
}

/** Rejects rows that wait: they are kept, with who rejected them and why. Returns how many were. */
export async function rejectRows(
  deps: Deps,
  actor: UserActor,
  id: string,
  { rows, reason }: { rows: RowSelection; reason: string },
): Promise<number> {
  const batch = await getBatch(deps.db, actor, id);
  assertDecidable(batch);
  const rejected = await decide(deps, actor, batch, rows, { status: "rejected", problem: reason || null });
  if (batch.work === null) await rest(deps, id);
  await publishBatch(deps, id);
  return rejected;
}

async function decide(
  deps: Deps,
  actor: UserActor,
  { id }: ImportBatchRow,
  rows: RowSelection,
  { status, problem }: Pick<Decision, "status" | "problem">,
): Promise<number> {
  const possible = status === "approved" ? APPROVABLE : ALL;
  const wanted =
    "lines" in rows
      ? { classes: possible, lines: rows.lines }
      : { classes: rows.class === null ? possible : possible.filter((one) => one === rows.class), lines: null };
  const decided = await decideRows(deps.db, id, wanted, { status, problem, by: actor.name, at: deps.now() });
  if (decided > 0) {
    const deed = {
      action: `import.${status}`,
      subject: { kind: "import_batch", id },
      data: { rows: decided, problem },
    };
    await deps.db.transaction((tx) => insertAudit(tx, deps, actor, deed));
  }
  return decided;
}

function assertDecidable(batch: ImportBatchRow): void {
  assertStaged(batch);
  if (batch.undoneAt !== null) throw new DomainError("conflict", "This import was undone. Bring the file in again.");
  if (batch.work === null || batch.work === "importing") return;
  throw new DomainError("conflict", "Something is being done with this import. Wait until that is finished.");
}
