import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ImportRunRow, lockImportRun, updateImportRun } from "../../db/queries/import-run.ts";
import type { Deps } from "../../deps.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { assertAdmin } from "../access.ts";
import { enqueueImport } from "./enqueue-import.ts";
import { publishImport } from "./publish-import.ts";

/** Stops a run after the page it is at; what it has is kept. */
export async function pauseImport(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await steer(deps, actor, id, "import.paused", async (tx, run) => {
    if (run.status !== "running" && run.status !== "waiting") {
      throw new DomainError("conflict", "This import is not running.");
    }
    await updateImportRun(tx, id, { status: "paused", nextAttemptAt: null });
  });
}

/** Lets a paused or failed run go on with the page it was at. */
export async function resumeImport(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await steer(deps, actor, id, "import.resumed", async (tx, run) => {
    if (run.status !== "paused" && run.status !== "failed") {
      throw new DomainError("conflict", "This import is neither paused nor failed.");
    }
    await goOn(deps, tx, run);
  });
}

/** Ends a run for good. What was imported stays. */
export async function cancelImport(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await steer(deps, actor, id, "import.cancelled", async (tx, run) => {
    if (run.status === "done" || run.status === "cancelled") {
      throw new DomainError("conflict", "This import is finished already.");
    }
    await updateImportRun(tx, id, { status: "cancelled", nextAttemptAt: null, finishedAt: deps.now() });
  });
}

/** Gives a run that stood still its job again. */
export async function goOn(deps: Deps, tx: Tx, run: ImportRunRow): Promise<void> {
  const fresh = { status: "running", attempts: 0, problem: null, nextAttemptAt: null, finishedAt: null } as const;
  await updateImportRun(tx, run.id, fresh);
  await enqueueImport(deps, tx, run);
}

async function steer(
  deps: Deps,
  actor: UserActor,
  id: string,
  action: string,
  turn: (tx: Tx, run: ImportRunRow) => Promise<void>,
): Promise<void> {
  assertAdmin(actor);
  await deps.db.transaction(async (tx) => {
    const run = await lockImportRun(tx, id);
    if (!run) throw notFound("import");
    await turn(tx, run);
    await insertAudit(tx, deps, actor, {
      action,
      subject: { kind: "connection", id: run.connectionId },
      data: { importRunId: id },
    });
  });
  publishImport(deps, id);
}
