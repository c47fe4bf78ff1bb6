import type { SettleOutcome } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { type ConflictRow, lockConflicts, updateConflict } from "../../db/queries/conflict.ts";
import { type ConnectionRow, findConnection, updateConnection } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { unitOf } from "../../domain/sync/keep-name-together.ts";
import { normalForm } from "../../domain/sync/normal-form.ts";
import { readAskedProperties } from "../connections/asked-properties.ts";
import { enqueueMappingCheck } from "../connections/check-mappings.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { comparisonOf } from "../sync/plan-run.ts";
import { countriesOf } from "./countries.ts";
import { brokenUnits } from "./other-halves.ts";
import type { SeenConflict } from "./settle-conflicts.ts";
import { type ChatValueWrite, writeChatValues } from "./write-chat-values.ts";

export const LOCK_WAIT_MS = 10_000;
const DEFAULT_WAIT_MS = 10_000;

/**
 * Writes the chat's values of one link's conflicts, in one call, where the record still holds what the agent saw. Decides
 * only once no push of this person runs: one may have brought other values.
 */
export async function useChatValues(
  deps: Deps,
  actor: UserActor,
  seen: readonly SeenConflict[],
): Promise<Map<string, SettleOutcome>> {
  const [first] = seen;
  if (!first) return new Map();
  const { connectionId, contactId } = first.conflict;
  const settled = await deps.locks.hold(connectionId, contactId, LOCK_WAIT_MS, async () => {
    const connection = await findConnection(deps.db, connectionId);
    const obstacle = obstacleOf(deps, connection);
    if (!connection || obstacle) return await leave(deps, seen, obstacle ?? REMOVED);
    return await takeAndWrite(deps, actor, connection, first.link.id, seen);
  });
  return settled === "busy"
    ? await leave(deps, seen, "A sync of this person was running. Try again in a moment.")
    : settled;
}

export const REMOVED = "The connection was removed.";

/** Why no call may be made now; null when one may. */
export function obstacleOf(deps: Deps, connection: ConnectionRow | undefined): string | null {
  if (!connection) return REMOVED;
  if (connection.status !== "active") {
    return "The connection is not active. Resume or reconnect it in the settings, then try again.";
  }
  const waitMs = (connection.waitUntil?.getTime() ?? 0) - deps.now().getTime();
  return waitMs > 0 ? `The CRM asked us to wait. Try again in ${Math.ceil(waitMs / 1000)} seconds.` : null;
}

async function takeAndWrite(
  deps: Deps,
  actor: UserActor,
  connection: ConnectionRow,
  linkId: string,
  seen: readonly SeenConflict[],
): Promise<Map<string, SettleOutcome>> {
  const { outcomes, taken } = await take(deps, seen);
  if (taken.length === 0) return outcomes;
  try {
    const properties = await readAskedProperties(deps, connection.id);
    const settled = await writeChatValues(deps, actor, connection, linkId, taken, properties);
    return new Map([...outcomes, ...settled]);
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      await giveBack(deps, taken, "Rolodesk met an error of its own; see the server's log.");
      throw error;
    }
    await giveBack(deps, taken, error.message);
    await noteConnection(deps, connection, error);
    return new Map([...outcomes, ...taken.map(({ row }): [string, SettleOutcome] => [row.id, "failed"])]);
  }
}

/** Marks what is still as the agent saw it `applying`; one of two agents wins here. Halves of a name go together. */
async function take(deps: Deps, seen: readonly SeenConflict[]) {
  const outcomes = new Map<string, SettleOutcome>();
  const taken: ChatValueWrite[] = [];
  await deps.db.transaction(async (tx) => {
    const rows = await lockConflicts(
      tx,
      seen.map(({ conflict }) => conflict.id),
    );
    const countries = await countriesOf(tx, rows);
    for (const row of rows) {
      const asSeen = seen.find(({ conflict }) => conflict.id === row.id);
      const comparison = comparisonOf(row.field, countries.get(row.id) ?? [], row.chatValue);
      const isAsSeen = asSeen && normalForm(asSeen.seenChatValue, comparison) === normalForm(row.chatValue, comparison);
      if (row.status !== "pending") outcomes.set(row.id, "already_settled");
      else if (!isAsSeen || row.contactId !== asSeen.conflict.contactId) outcomes.set(row.id, "stale");
      else taken.push({ row, comparison, seenCrmValue: asSeen.seenCrmValue });
    }
    const broken = await brokenUnits(tx, rows, outcomes);
    for (const { row } of taken) {
      if (broken.has(unitOf(row.field))) outcomes.set(row.id, "stale");
      else await updateConflict(tx, row.id, { status: "applying", applyingSince: deps.now(), problem: null });
    }
  });
  return { outcomes, taken: taken.filter(({ row }) => !outcomes.has(row.id)) };
}

async function giveBack(deps: Deps, taken: readonly ChatValueWrite[], problem: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const rows: ConflictRow[] = await lockConflicts(
      tx,
      taken.map(({ row }) => row.id),
    );
    for (const { id, status } of rows) {
      if (status === "applying") await updateConflict(tx, id, { status: "pending", applyingSince: null, problem });
    }
  });
}

/** Nothing was tried: what still waits goes on waiting, and says why. */
async function leave(deps: Deps, seen: readonly SeenConflict[], problem: string): Promise<Map<string, SettleOutcome>> {
  const outcomes = new Map<string, SettleOutcome>();
  await deps.db.transaction(async (tx) => {
    const ids = seen.map(({ conflict }) => conflict.id);
    for (const { id, status } of await lockConflicts(tx, ids)) {
      if (status === "pending") await updateConflict(tx, id, { problem });
      outcomes.set(id, status === "pending" ? "failed" : "already_settled");
    }
  });
  return outcomes;
}

/** What the refusal of one write says about all calls of the account. */
export async function noteConnection(deps: Deps, connection: ConnectionRow, error: ConnectorError): Promise<void> {
  if (RECOVERY[error.code] === "reconnect") {
    await deps.db.transaction((tx) => markRefused(tx, connection, error.message));
  }
  if (error.code === "invalid_field") await enqueueMappingCheck(deps, connection.id);
  if (error.code === "rate_limited") {
    const waitUntil = new Date(deps.now().getTime() + (error.retryAfterMs ?? DEFAULT_WAIT_MS));
    await updateConnection(deps.db, connection.id, { waitUntil });
  }
}
