import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { type ConflictRow, lockConflicts, updateConflict } from "../../db/queries/conflict.ts";
import { type ConnectionRow, findConnection } from "../../db/queries/connection.ts";
import { type CrmLinkRow, closeLink, lockLink, updateLink } from "../../db/queries/crm-link.ts";
import type { Deps } from "../../deps.ts";
import type { CrmRecord, FieldValue } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { type Comparison, normalForm } from "../../domain/sync/normal-form.ts";
import { shownValue } from "../../domain/sync/shown-value.ts";
import { readAskedProperties } from "../connections/asked-properties.ts";
import { openConnection } from "../connections/open-connection.ts";
import { tellConflictQueued } from "../outgoing/tell-of-conflict.ts";
import { comparisonOf } from "../sync/plan-run.ts";
import { countriesOf } from "./countries.ts";
import { assertUnchanged } from "./reopen-kept.ts";
import type { Undone } from "./undo-decision.ts";
import { LOCK_WAIT_MS, noteConnection, obstacleOf, REMOVED } from "./use-chat-values.ts";

type Outcome = Pick<Undone, "outcome" | "message">;

interface WriteBack {
  readonly row: ConflictRow;
  readonly comparison: Comparison;
  readonly former: FieldValue;
}

const MAX_READS = 3;

/** Writes the CRM's former values back where the record still holds what was applied, in one call; else writes nothing. */
export async function writeBack(
  deps: Deps,
  actor: UserActor,
  link: CrmLinkRow,
  rows: readonly ConflictRow[],
): Promise<Outcome> {
  const undone = await deps.locks.hold(link.connectionId, link.contactId, LOCK_WAIT_MS, async () => {
    const connection = await findConnection(deps.db, link.connectionId);
    const obstacle = obstacleOf(deps, connection);
    if (!connection || obstacle) return failed(obstacle ?? REMOVED);
    const taken = await take(deps, rows);
    try {
      return await readAndWrite(deps, actor, connection, link, taken);
    } catch (error) {
      await giveBack(deps, taken);
      if (!(error instanceof ConnectorError)) throw error;
      await noteConnection(deps, connection, error);
      return failed(error.message);
    }
  });
  return undone === "busy" ? failed("A sync of this person was running. Try again in a moment.") : undone;
}

function failed(message: string): Outcome {
  return { outcome: "failed", message };
}

/** Marks the rows `applying`; of two who undo at the same moment one wins here. */
async function take(deps: Deps, rows: readonly ConflictRow[]): Promise<WriteBack[]> {
  return await deps.db.transaction(async (tx) => {
    const locked = await lockConflicts(
      tx,
      rows.map(({ id }) => id),
    );
    assertUnchanged(rows, locked);
    const countries = await countriesOf(tx, locked);
    const applying = { status: "applying", applyingSince: deps.now(), decidedBy: null, decidedAt: null } as const;
    for (const { id } of locked) await updateConflict(tx, id, applying);
    return locked.map((row) => ({
      row,
      comparison: comparisonOf(row.field, countries.get(row.id) ?? [], row.chatValue),
      former: row.replaced?.value ?? null,
    }));
  });
}

/** The decision stands: nothing was taken back. */
async function giveBack(deps: Deps, taken: readonly WriteBack[]): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const locked = await lockConflicts(
      tx,
      taken.map(({ row }) => row.id),
    );
    for (const { row } of taken) {
      if (locked.find(({ id }) => id === row.id)?.status !== "applying") continue;
      const { status, decidedBy, decidedAt } = row;
      await updateConflict(tx, row.id, { status, decidedBy, decidedAt, applyingSince: null });
    }
  });
}

async function readAndWrite(
  deps: Deps,
  actor: UserActor,
  connection: ConnectionRow,
  link: CrmLinkRow,
  taken: readonly WriteBack[],
): Promise<Outcome> {
  const { connector, providerName } = openConnection(deps, connection, { lane: "agent" });
  const properties = await readAskedProperties(deps, connection.id);
  for (let reads = 1; ; reads += 1) {
    const found = await connector.getContact(link, properties);
    if (found.kind === "gone") {
      await giveBack(deps, taken);
      await deps.db.transaction((tx) => closeLink(tx, link.id, `Deleted in ${providerName}.`));
      return failed(`The record was deleted in ${providerName}.`);
    }
    const moved = taken.find(
      (one) => !holds(one, found.record, one.row.chatValue) && !holds(one, found.record, one.former),
    );
    if (moved) {
      await giveBack(deps, taken);
      return { outcome: "stale", message: `${providerName} has another value by now, so it was left as it is.` };
    }
    try {
      const record = await putBack(taken, found.record, (changes) =>
        connector.updateContact(found.record, changes, found.record.version, properties),
      );
      if (!taken.every((one) => holds(one, record, one.former))) {
        await giveBack(deps, taken);
        return failed(`${providerName} accepted the write but holds another value.`);
      }
      await store(deps, actor, link.id, taken, record);
      return { outcome: "undone", message: null };
    } catch (error) {
      const raced = error instanceof ConnectorError && error.code === "version_conflict";
      if (!raced || reads === MAX_READS) throw error;
    }
  }
}

/** What an earlier try whose answer was lost has put back already is not written again. */
async function putBack(
  taken: readonly WriteBack[],
  record: CrmRecord,
  write: (changes: Record<string, FieldValue>) => Promise<CrmRecord>,
): Promise<CrmRecord> {
  const toWrite = taken.filter((one) => !holds(one, record, one.former));
  if (toWrite.length === 0) return record;
  return await write(Object.fromEntries(toWrite.map(({ row, former }) => [row.property, former])));
}

function holds({ row, comparison }: WriteBack, record: CrmRecord, value: FieldValue): boolean {
  return normalForm(record.values[row.property], comparison) === normalForm(value, comparison);
}

/** The conflicts wait again, and the base is what it was before the decision. */
async function store(
  deps: Deps,
  actor: UserActor,
  linkId: string,
  taken: readonly WriteBack[],
  record: CrmRecord,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const link = await lockLink(tx, linkId);
    const base = { ...link?.base };
    for (const { row } of taken) {
      if (row.baseValue === null) delete base[row.property];
      else base[row.property] = row.baseValue;
      const now = shownValue(record.values[row.property]);
      const pending = { status: "pending", applyingSince: null, replaced: null, problem: null } as const;
      await updateConflict(tx, row.id, { ...pending, crmValue: now, staleSince: null });
      await tellConflictQueued(tx, deps, row.id);
      await insertAudit(tx, deps, actor, {
        action: "conflict.undone",
        subject: { kind: "conflict", id: row.id },
        contactId: row.contactId,
        data: { property: row.property, from: row.chatValue, to: now },
      });
    }
    const seen = Object.fromEntries(Object.keys(record.values).map((key) => [key, shownValue(record.values[key])]));
    if (link) await updateLink(tx, linkId, { base, seen, lastSyncedAt: deps.now() });
  });
}
