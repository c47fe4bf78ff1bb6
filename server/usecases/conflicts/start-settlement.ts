import type { UserActor } from "../../actor.ts";
import type { DbOrTx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import {
  findSettlement,
  lockSettlement,
  type SettlementRecord,
  updateSettlement,
} from "../../db/queries/settlement.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { publishSettlement } from "./publish-settlement.ts";

/** One's own settlement; another's is not found, as if it did not exist. */
export async function getOwnSettlement(db: DbOrTx, actor: UserActor, id: string): Promise<SettlementRecord> {
  return assertOwn(actor, await findSettlement(db, id));
}

/** Lets a drafted settlement be carried out. Started before, it is left as it is. */
export async function startSettlement(deps: Deps, actor: UserActor, id: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const { status } = assertOwn(actor, await lockSettlement(tx, id));
    if (status !== "draft") return;
    await updateSettlement(tx, id, { status: "running", startedAt: deps.now() });
    await deps.enqueueSettlement(tx, id);
    await insertAudit(tx, deps, actor, { action: "settlement.started", subject: { kind: "settlement", id } });
  });
  await publishSettlement(deps, id);
}

function assertOwn(actor: UserActor, row: SettlementRecord | undefined): SettlementRecord {
  if (row?.userId !== actor.userId) throw notFound("settlement");
  return row;
}
