import type { SettleOutcome } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConflictRow, updateConflict } from "../../db/queries/conflict.ts";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import { closeLink, findLink, lockLink, updateLink } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { unitOf } from "../../domain/sync/keep-name-together.ts";
import { type Comparison, normalForm } from "../../domain/sync/normal-form.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { openConnection } from "../connections/open-connection.ts";
import { tellConflictSettled } from "../outgoing/tell-of-conflict.ts";

/** A conflict this request has taken, with the CRM value its agent saw. */
export interface ChatValueWrite {
  readonly row: ConflictRow;
  readonly comparison: Comparison;
  readonly seenCrmValue: ConflictRow["crmValue"];
}

const MAX_READS = 3;

/**
 * Re-reads the record and writes what is still as it was seen, in one call; already equal values need none. Throws
 * `ConnectorError` when the CRM refuses, with nothing decided.
 */
export async function writeChatValues(
  deps: Deps,
  actor: UserActor,
  connection: ConnectionRow,
  linkId: string,
  taken: readonly ChatValueWrite[],
  properties: readonly string[],
): Promise<Map<string, SettleOutcome>> {
  const { connector, providerName } = openConnection(deps, connection, { lane: "agent" });
  const link = await findLink(deps.db, linkId);
  if (link?.state !== "live")
    throw new ConnectorError("not_found", `The link to ${providerName} was closed meanwhile.`);

  for (let reads = 1; ; reads += 1) {
    const found = await connector.getContact(link, properties);
    if (found.kind === "gone") {
      await deps.db.transaction((tx) => closeLink(tx, link.id, `Deleted in ${providerName}.`));
      throw new ConnectorError("not_found", `The record was deleted in ${providerName}.`);
    }
    const moved = staleUnits(taken, found.record);
    const fresh = taken.filter(({ row }) => !moved.has(unitOf(row.field)));
    const toWrite = fresh.filter((one) => !isEqual(one, found.record));
    try {
      const record =
        toWrite.length === 0
          ? found.record
          : await connector.updateContact(
              found.record,
              Object.fromEntries(toWrite.map(({ row }) => [row.property, row.chatValue])),
              found.record.version,
              properties,
            );
      return await store(deps, actor, { linkId, providerName, taken, fresh, before: found.record, record });
    } catch (error) {
      const raced = error instanceof ConnectorError && error.code === "version_conflict";
      if (!raced || reads === MAX_READS) throw error;
    }
  }
}

/** Units (a name's halves are one) of which the CRM's value is neither what the agent saw nor the chat's already. */
function staleUnits(taken: readonly ChatValueWrite[], record: CrmRecord): Set<string> {
  const moved = taken.filter((one) => {
    const now = normalForm(record.values[one.row.property], one.comparison);
    return now !== normalForm(one.seenCrmValue, one.comparison) && !isEqual(one, record);
  });
  return new Set(moved.map(({ row }) => unitOf(row.field)));
}

function isEqual({ row, comparison }: ChatValueWrite, record: CrmRecord): boolean {
  return normalForm(record.values[row.property], comparison) === normalForm(row.chatValue, comparison);
}

interface Written {
  readonly linkId: string;
  readonly providerName: string;
  readonly taken: readonly ChatValueWrite[];
  readonly fresh: readonly ChatValueWrite[];
  readonly before: CrmRecord;
  readonly record: CrmRecord;
}

async function store(deps: Deps, actor: UserActor, written: Written): Promise<Map<string, SettleOutcome>> {
  const { linkId, taken, fresh, before, record } = written;
  const decidedAt = deps.now();
  const outcomes = new Map<string, SettleOutcome>();
  await deps.db.transaction(async (tx) => {
    const link = await lockLink(tx, linkId);
    const agreed: Record<string, ConflictRow["crmValue"]> = {};
    for (const one of taken) {
      const { row } = one;
      const now = shownValue(record.values[row.property]);
      if (!fresh.includes(one)) {
        await backToPending(tx, deps, row, now, null);
        outcomes.set(row.id, "stale");
      } else if (!isEqual(one, record)) {
        await backToPending(tx, deps, row, now, `${written.providerName} accepted the write but holds another value.`);
        outcomes.set(row.id, "failed");
      } else {
        agreed[row.property] = now;
        const wasWritten = !isEqual(one, before);
        await decide(tx, deps, actor, row, { decidedAt, from: shownValue(before.values[row.property]), wasWritten });
        outcomes.set(row.id, "applied");
      }
    }
    const seen = Object.fromEntries(Object.keys(record.values).map((key) => [key, shownValue(record.values[key])]));
    if (link) await updateLink(tx, linkId, { base: { ...link.base, ...agreed }, seen, lastSyncedAt: deps.now() });
  });
  return outcomes;
}

async function backToPending(
  tx: Tx,
  deps: Deps,
  row: ConflictRow,
  crmValue: ConflictRow["crmValue"],
  problem: string | null,
): Promise<void> {
  await updateConflict(tx, row.id, {
    status: "pending",
    applyingSince: null,
    crmValue,
    staleSince: problem ? row.staleSince : deps.now(),
    problem,
  });
}

async function decide(
  tx: Tx,
  deps: Deps,
  actor: UserActor,
  row: ConflictRow,
  { decidedAt, from, wasWritten }: { decidedAt: Date; from: ConflictRow["crmValue"]; wasWritten: boolean },
): Promise<void> {
  await updateConflict(tx, row.id, {
    status: "applied",
    applyingSince: null,
    replaced: wasWritten ? { value: from } : null,
    decidedBy: actor.name,
    decidedAt,
    problem: null,
  });
  await tellConflictSettled(tx, deps, row.id);
  await insertAudit(tx, deps, actor, {
    action: "conflict.applied",
    subject: { kind: "conflict", id: row.id },
    contactId: row.contactId,
    data: { property: row.property, from, to: row.chatValue },
  });
}
