import { cpus } from "node:os";
import { sql } from "drizzle-orm";
import type { Deps } from "../../server/deps.ts";
import type { Figures } from "./figures.ts";
import type { IdleFigures } from "./idle-ends.ts";

export interface Measured {
  readonly rows: readonly Figures[];
  readonly endedMs: number;
  readonly workers: number;
  readonly results: readonly { readonly result: string; readonly runs: number }[];
  readonly shared: SharedCalls;
  readonly idle: IdleFigures;
}

/** Pushes that went together, and the calls they took. */
export interface SharedCalls {
  readonly pushes: number;
  readonly calls: number;
}

export async function readResults(deps: Deps): Promise<Measured["results"]> {
  return await deps.db.execute<{ result: string; runs: number }>(sql`
    select result, count(*)::int as runs from sync_run group by 1 order by 2 desc`);
}

/** Each push has every call it shared in its log, with how many shared it. */
export async function readSharedCalls(deps: Deps): Promise<SharedCalls> {
  const [row] = await deps.db.execute<{ pushes: number; calls: number }>(sql`
    select count(distinct r.id)::int as pushes, coalesce(sum(1.0 / (c ->> 'sharedBy')::int), 0)::float8 as calls
    from sync_run r, jsonb_array_elements(r.calls) c where c ->> 'sharedBy' is not null and not r.alone`);
  return row ?? { pushes: 0, calls: 0 };
}

export function print({ rows, endedMs, workers, results, shared, idle }: Measured): void {
  const pushes = results.reduce((sum, { runs }) => sum + runs, 0);
  const day = new Date().toISOString().slice(0, 10);
  const seconds = (endedMs / 1000).toFixed(0);
  console.log(
    `${pushes.toLocaleString()} conversations ended in ${seconds} s; ${workers} workers; ${cpus().length} cores; ${day}`,
  );
  console.log(`Results: ${results.map(({ result, runs }) => `${runs} ${result}`).join(", ")}`);
  console.table(rows.map(shown));
  const per10k = (shared.calls / shared.pushes) * 10_000;
  const limiterSeconds = (per10k / 190) * 10;
  console.log(
    `HubSpot together: ${shared.pushes} pushes in ${shared.calls.toFixed(0)} calls; 10,000 take ${limiterSeconds.toFixed(1)} s of its limit`,
  );
  const { begun, pushed, ends, answersMs } = idle;
  console.log(
    `One at a time, answers after ${answersMs} ms, ${ends} ends: begun p50 ${begun.p50.toFixed(0)} p95 ${begun.p95.toFixed(0)} ms, ` +
      `pushed p50 ${pushed.p50.toFixed(0)} p95 ${pushed.p95.toFixed(0)} ms`,
  );
}

function shown(row: Figures) {
  return {
    CRM: row.crm,
    limit: row.limit,
    pushes: row.pushes,
    calls: row.calls,
    "calls per push": row.callsPerPush.toFixed(2),
    "answers 429": row.refused,
    "most in a window": row.most,
    "waited for it s": row.waitedSeconds.toFixed(0),
    "share used": row.share === null ? "-" : `${(row.share * 100).toFixed(0)} %`,
    "took s": row.seconds.toFixed(0),
    "limit takes s": row.limitSeconds.toFixed(0),
  };
}
