import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import type { ConnectorBatch, CrmRecord, RecordKey } from "../../domain/connector.ts";
import { changesOf } from "../../domain/sync/plan-sync.ts";
import type { CallReport } from "../../integrations/http-client.ts";
import { openConnection } from "../connections/open-connection.ts";
import { dealWith, type Member } from "./deal-with.ts";
import { fewAtATime } from "./few-at-a-time.ts";
import { GoesAlone } from "./goes-alone.ts";
import { loadMembers } from "./load-members.ts";
import { finishMember, type Planned, planMember } from "./plan-member.ts";

/** The CRM, and every call that was made to it. */
interface Access {
  readonly batch: ConnectorBatch;
  readonly calls: readonly CallReport[];
}

/**
 * Pushes many runs of one connection with one read and one update, each by its own plan and to its own end: what a run resolves
 * to, what is written and what is stored are decided by the code that pushes a single one. Whatever a batch cannot settle
 * goes on alone. For whoever has claimed the runs and holds their records.
 */
export async function pushBatch(deps: Deps, connection: ConnectionRow, runs: readonly SyncRunRow[]): Promise<void> {
  const calls: CallReport[] = [];
  const gate = deps.callGate(connection, "end");
  const crm = openConnection(deps, connection, { lane: "end", gate, onCall: (call) => calls.push(call) });
  const { batch } = crm.connector;
  if (!batch) throw new Error("This CRM takes one record per call.");
  const access = { batch, calls };
  const members = await loadMembers(deps, connection, crm, runs);
  const properties = [...new Set(members.flatMap(({ context }) => context.properties))];

  const asked = await each(deps, members, async (member) => ({ member, key: keyOf(member) }));
  const records = await forAll(deps, access, asked, () =>
    batch.getContacts(
      asked.map(({ key }) => key),
      properties,
    ),
  );
  if (!records) return;
  const found = onlyOnce(asked.map(({ member }, at) => ({ member, record: records[at] ?? null })));
  const planned = await each(deps, found, ({ member, record }) => planMember(deps, member, record, gate));

  const writes = planned.filter(hasChanges);
  const updates = writes.map(({ current, applied }) => ({ ref: current, changes: changesOf(applied.plan) }));
  const written = await forAll(deps, access, writes, () => batch.updateContacts(updates, properties));
  const done = planned.flatMap((one) => {
    if (!hasChanges(one)) return [{ ...one, record: one.current }];
    return written ? [{ ...one, record: written[writes.indexOf(one)] ?? null }] : [];
  });
  await each(deps, done, ({ record, ...one }) => finishMember(deps, one, record));
}

function hasChanges({ applied }: Planned): boolean {
  return Object.keys(changesOf(applied.plan)).length > 0;
}

/** By its link, or by an email that decides alone. */
function keyOf({ context }: Member): RecordKey {
  const { link, email, shared, connection } = context;
  if (link) return { ref: link };
  if (!email || shared.email || connection.lookupOrder !== "email_first") throw new GoesAlone();
  return { email: email.norm };
}

/** Of two people who lead to one record, only the first: the other has to find it taken. */
function onlyOnce<T extends { record: CrmRecord | null }>(found: readonly T[]): T[] {
  const seen = new Set<string>();
  return found.map((one) => {
    if (!one.record || !seen.has(one.record.externalId)) {
      if (one.record) seen.add(one.record.externalId);
      return one;
    }
    return { ...one, record: null };
  });
}

/** Does this for each member, and deals with those for whom it failed. Returns what came of the others. */
async function each<T extends Member | { readonly member: Member }, R>(
  deps: Deps,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = await fewAtATime(items, async (item): Promise<R[]> => {
    try {
      return [await work(item)];
    } catch (error) {
      await dealWith(deps, "member" in item ? item.member : item, error);
      return [];
    }
  });
  return results.flat();
}

/** One call for all of these, which each of them logs as shared. Null when it failed, and that is dealt with; or for nobody. */
async function forAll<T>(
  deps: Deps,
  { calls }: Access,
  asked: readonly { readonly member: Member }[],
  ask: () => Promise<T>,
): Promise<T | null> {
  if (asked.length === 0) return null;
  const before = calls.length;
  const answer = await ask().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const made = calls.slice(before).map((call) => ({ ...call, sharedBy: asked.length }));
  for (const { member } of asked) member.context.calls.push(...made);
  if ("value" in answer) return answer.value;
  await fewAtATime(asked, ({ member }) => dealWith(deps, member, answer.error));
  return null;
}
