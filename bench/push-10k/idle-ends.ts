import { setTimeout as delay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Deps } from "../../server/deps.ts";
import { newId } from "../../server/new-id.ts";
import { endConversation } from "../../server/usecases/conversations/end-conversation.ts";
import { quantile } from "../figures.ts";
import type { Chat } from "./people.ts";
import type { ServedCrm } from "./serve-crms.ts";

/** Milliseconds from the end of a conversation until its job had begun, and until its push was stored. */
export interface IdleFigures {
  readonly ends: number;
  readonly answersMs: number;
  readonly begun: Percentiles;
  readonly pushed: Percentiles;
}

interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

interface IdleAccount extends Pick<ServedCrm, "simulator"> {
  readonly siteId: string;
  readonly chats: readonly Chat[];
}

const ANSWERS_MS = 100;
/** Between the ends on one site: too far apart for any to gather. */
const APART_MS = 1_300;
const LAST_ONE_MS = 5_000;

/** Ends conversations one by one, on all sites side by side, while the workers have nothing else to do. */
export async function measureIdleEnds(deps: Deps, accounts: readonly IdleAccount[]): Promise<IdleFigures> {
  const firstRun = newId();
  for (const { simulator } of accounts) simulator.faults.play({ fault: { kind: "latency", ms: ANSWERS_MS } });
  await Promise.all(accounts.map((account, at) => endOneByOne(deps, account, (at * APART_MS) / accounts.length)));
  await delay(LAST_ONE_MS);
  const rows = await deps.db.execute<{ begun: number; pushed: number }>(sql`
    select extract(epoch from started_at - created_at)::float8 * 1000 as begun,
      extract(epoch from finished_at - created_at)::float8 * 1000 as pushed
    from sync_run where id > ${firstRun} and status = 'done'`);
  return {
    ends: rows.length,
    answersMs: ANSWERS_MS,
    begun: percentilesOf(rows.map(({ begun }) => begun)),
    pushed: percentilesOf(rows.map(({ pushed }) => pushed)),
  };
}

async function endOneByOne(deps: Deps, { siteId, chats }: IdleAccount, afterMs: number): Promise<void> {
  await delay(afterMs);
  for (const { visitorId, conversationId } of chats) {
    await endConversation(deps, { kind: "visitor", visitorId, siteId }, conversationId);
    await delay(APART_MS);
  }
}

function percentilesOf(values: readonly number[]): Percentiles {
  return { p50: quantile(values, 0.5), p95: quantile(values, 0.95) };
}
