import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Deps } from "../server/deps.ts";
import { newId } from "../server/new-id.ts";
import { addConnection } from "../server/usecases/connections/add-connection.ts";
import { endConversation } from "../server/usecases/conversations/end-conversation.ts";
import { figuresOf, type Waiting } from "./push-10k/figures.ts";
import { measureIdleEnds } from "./push-10k/idle-ends.ts";
import { type Chat, openChats, type Person, personWithEmail, personWithPhone, seedRecord } from "./push-10k/people.ts";
import { print, readResults, readSharedCalls } from "./push-10k/report.ts";
import { type ServedCrm, serveCrms } from "./push-10k/serve-crms.ts";
import { type Bench, runBench } from "./run-bench.ts";
import { startWorker } from "./worker.ts";

/**
 * 10,000 conversations end and are pushed by two worker processes to four CRMs over HTTP, with the limits the vendors publish, on a
 * real clock. Each CRM has as many as its limit lets through in a few minutes. Loopback only; ends by itself; writes nothing.
 */
const WORKERS = 2;
const ENDS_AFTER_MS = 12 * 60_000;
const LOOK_EVERY_MS = 500;
const ENDS_AT_ONCE = 8;
/** Fewer due pushes than this wait for no worker. */
const UNDER_WAY = 20;

/** Of HubSpot's pushes, which go by the hundred, and of the others', which are as many as show their limits. */
const SHARE = Number(process.argv[2] ?? 1);
const OTHERS_SHARE = Number(process.argv[3] ?? SHARE);
const PUSHES: Readonly<Record<string, number>> = {
  HubSpot: Math.round(8_600 * SHARE),
  HighLevel: Math.round(500 * OTHERS_SHARE),
  "Dynamics 365": Math.round(400 * OTHERS_SHARE),
  BigCommerce: Math.round(500 * OTHERS_SHARE),
};
/** Of HubSpot's, those known by phone alone: each takes a search. */
const BY_PHONE = Math.round(100 * SHARE);
/** Of each CRM's, ended one by one when all others are done. */
const ONE_BY_ONE = 25;

interface Account extends ServedCrm {
  readonly connectionId: string;
  readonly pushes: number;
  readonly chats: readonly Chat[];
  readonly lateChats: readonly Chat[];
  readonly siteId: string;
}

await runBench(ENDS_AFTER_MS, async (bench) => {
  const { deps } = bench;
  const accounts = await prepare(bench);
  const endedMs = await endAll(deps, accounts);
  for (const { simulator } of accounts) simulator.journal.clear();

  const beganAt = Date.now();
  const workers = Array.from({ length: WORKERS }, () => startWorker(bench));
  const waiting = await Promise.race([watch(deps, accounts), ...workers.map(diesEarly)]);
  const rows = accounts.flatMap((account) =>
    figuresOf(account, account.pushes, beganAt, waiting.get(account.connectionId) ?? { limited: [], doneAt: beganAt }),
  );
  const [results, shared] = [await readResults(deps), await readSharedCalls(deps)];
  const late = accounts.map(({ lateChats, ...account }) => ({ ...account, chats: lateChats }));
  print({ rows, endedMs, workers: WORKERS, results, shared, idle: await measureIdleEnds(deps, late) });
});

async function prepare({ deps, admin }: Bench): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const crm of await serveCrms()) {
    const pushes = PUSHES[crm.simulator.name] ?? 0;
    const people = peopleFor(crm.simulator.name, pushes + ONE_BY_ONE);
    for (const [index, person] of people.entries()) seedSome(crm, person, index);
    const siteId = newId();
    const chats = await openChats(deps.db, siteId, people);
    const { id } = await addConnection(deps, admin, { ...crm.input, siteIds: [siteId] });
    const [early, lateChats] = [chats.slice(0, pushes), chats.slice(pushes)];
    accounts.push({ ...crm, connectionId: id, pushes, chats: early, lateChats, siteId });
  }
  return accounts;
}

function peopleFor(crm: string, pushes: number): Person[] {
  const byPhone = crm === "HubSpot" ? BY_PHONE : 0;
  return Array.from({ length: pushes }, (_, index) =>
    index < byPhone ? personWithPhone(index) : personWithEmail(crm.toLowerCase().replaceAll(" ", "-"), index),
  );
}

/** Of a hundred, one is new and five have a whole record; the others lack a last name there. Everybody is known in the shop. */
function seedSome({ simulator }: ServedCrm, person: Person, index: number): void {
  const isNew = index % 100 === 99 && simulator.name !== "BigCommerce" && person.email !== undefined;
  if (!isNew) seedRecord(simulator, person, index % 20 === 18);
}

async function endAll(deps: Deps, accounts: readonly Account[]): Promise<number> {
  const left = accounts.flatMap(({ chats, siteId }) => chats.map((chat) => ({ ...chat, siteId })));
  const began = performance.now();
  await Promise.all(
    Array.from({ length: ENDS_AT_ONCE }, async () => {
      for (let chat = left.pop(); chat; chat = left.pop()) {
        const { visitorId, conversationId, siteId } = chat;
        await endConversation(deps, { kind: "visitor", visitorId, siteId }, conversationId);
      }
    }),
  );
  return performance.now() - began;
}

/** Looks at the queues until all pushes are done. */
async function watch(deps: Deps, accounts: readonly Account[]): Promise<Map<string, Waiting>> {
  const waiting = new Map<string, Waiting>(
    accounts.map(({ connectionId }) => [connectionId, { limited: [], doneAt: 0 }]),
  );
  for (let before = Date.now(); ; ) {
    await delay(LOOK_EVERY_MS);
    const now = Date.now();
    const rows = await deps.db.execute<{ id: string; later: number; due: number }>(sql`
      select connection_id as id, count(*) filter (where next_attempt_at > now())::int as later,
        count(*) filter (where next_attempt_at is null or next_attempt_at <= now())::int as due
      from sync_run where status in ('queued', 'running', 'waiting') group by 1`);
    for (const { id, later, due } of rows) {
      const { limited = [] } = waiting.get(id) ?? {};
      const isLimited = later > 0 && due <= UNDER_WAY;
      waiting.set(id, { limited: isLimited ? [...limited, { from: before, to: now }] : limited, doneAt: now });
    }
    before = now;
    if (rows.length === 0) return waiting;
  }
}

async function diesEarly(worker: ChildProcess): Promise<never> {
  await once(worker, "exit");
  throw new Error("A worker ended before the pushes were done.");
}
