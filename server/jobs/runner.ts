import { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { type Runner, run, type Task, type TaskList, type WorkerEvents } from "graphile-worker";
import { Pool } from "pg";
import type { Logger } from "pino";
import type { z } from "zod";
import { JOBS, type JobHandlers, type JobName } from "./catalog.ts";
import { startClock } from "./clock.ts";
import { graphileLog } from "./graphile-log.ts";
import { type Liveness, signOn } from "./liveness.ts";
import { createSlots, type Slots } from "./slots.ts";

interface RunnerOptions {
  readonly url: string;
  readonly handlers: JobHandlers;
  readonly log: Logger;
  /** Jobs at a time. */
  readonly concurrency?: number;
  /** How often death and life are checked; tests hurry. */
  readonly beatMs?: number;
  /** How long running jobs may take to finish once it is told to stop. */
  readonly finishTimeoutMs?: number;
}

export interface JobRunner {
  /** Takes no new job; what runs may finish, and is handed back when that takes too long. */
  stop(): Promise<void>;
}

const FINISH_TIMEOUT_MS = 6000;
/** Jobs wait for others most of their time. Two CRMs that hang leave room for the rest. */
const CONCURRENCY = 10;
const PER_FLAG = 4;
const RESTART_DELAY_MS = 1000;
/**
 * New jobs are told of at once; one that was put off is found by looking, a little later than its time. Meanwhile a call that a
 * CRM's limit allows again goes unused: at the engine's own two seconds that was a seventh of a limit.
 */
const LOOK_EVERY_MS = 500;

/**
 * Runs jobs until `stop`. The engine gives up a worker that cannot report a finished job and never replaces it, so a crew
 * that lost anybody is replaced as a whole, by one with new ids.
 */
export async function startRunner(options: RunnerOptions): Promise<JobRunner> {
  const stopping = new AbortController();
  const first = await startCrew(options);
  const supervised = supervise(first, options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await supervised;
    },
  };
}

async function supervise(first: Crew, options: RunnerOptions, stopping: AbortSignal): Promise<void> {
  let crew: Crew | undefined = first;
  while (!stopping.aborted) {
    if (crew) {
      await Promise.race([crew.failed, aborted(stopping)]);
      await crew.end();
      if (stopping.aborted) return;
      options.log.warn("The job workers stopped by themselves; starting new ones.");
    }
    await Promise.race([delay(RESTART_DELAY_MS), aborted(stopping)]);
    crew = await startCrew(options).catch((err: unknown) => {
      options.log.warn({ err }, "The job workers could not start; trying again.");
      return undefined;
    });
  }
  await crew?.end();
}

/** One run of the engine with its own worker ids and its own sign of life. */
interface Crew {
  /** Resolves when it can no longer be trusted to do its work. */
  readonly failed: Promise<void>;
  end(): Promise<void>;
}

async function startCrew(options: RunnerOptions): Promise<Crew> {
  const { url, handlers, log, concurrency = CONCURRENCY, beatMs, finishTimeoutMs = FINISH_TIMEOUT_MS } = options;
  const pool = openPool(url, concurrency, log);
  const events: WorkerEvents = new EventEmitter();
  const workerIds: string[] = [];
  events.on("worker:create", ({ worker }) => workerIds.push(worker.workerId));
  events.on("job:error", ({ job, error: err }) =>
    log.error({ err, job: job.task_identifier, attempt: job.attempts, of: job.max_attempts }, "A job failed."),
  );
  const workerLost = new Promise<void>((resolve) => events.once("worker:fatalError", () => resolve()));

  const slots = createSlots(Math.min(PER_FLAG, Math.max(1, concurrency - 1)));
  let runner: Runner;
  try {
    runner = await run({
      pgPool: pool,
      concurrency,
      events,
      taskList: inSlots(taskList(handlers), slots),
      forbiddenFlags: slots.full,
      logger: graphileLog(log),
      noHandleSignals: true,
      pollInterval: LOOK_EVERY_MS,
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
  const ended = Promise.allSettled([runner.promise]).then(() => {});
  let liveness: Liveness;
  try {
    liveness = await signOn({ url, workerIds, log, beatMs });
  } catch (error) {
    await endEngine(runner, pool, log, finishTimeoutMs);
    throw error;
  }
  const stopClock = startClock(runner.addJob, log);
  return {
    failed: Promise.race([workerLost, ended]),
    async end() {
      stopClock();
      await endEngine(runner, pool, log, finishTimeoutMs);
      await liveness.close().catch((err: unknown) => log.warn({ err }, "The job workers could not sign off."));
    },
  };
}

async function endEngine(runner: Runner, pool: Pool, log: Logger, timeoutMs: number): Promise<void> {
  const finished = Promise.allSettled([runner.stop(), runner.promise]).then(() => pool.end());
  const inTime = await Promise.race([finished.then(() => true), delay(timeoutMs, false, { ref: false })]);
  if (!inTime) log.warn("Some jobs did not finish in time; they are handed back.");
}

function openPool(url: string, concurrency: number, log: Logger): Pool {
  const pool = new Pool({
    connectionString: url,
    // each worker one, one that listens, one to spare
    max: concurrency + 2,
    keepAlive: true,
    application_name: "rolodesk jobs",
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    query_timeout: 15_000,
  });
  // a connection lost while idle is replaced at its next use; without a listener it would end the process
  pool.on("error", (err) => log.debug({ err }, "A database connection of the job workers was lost."));
  return pool;
}

function taskList(handlers: JobHandlers): Record<JobName, Task> {
  return {
    "sync-run": task(JOBS["sync-run"].payload, handlers["sync-run"]),
    "add-transcript": task(JOBS["add-transcript"].payload, handlers["add-transcript"]),
    "settle-conflicts": task(JOBS["settle-conflicts"].payload, handlers["settle-conflicts"]),
    "read-webhook-event": task(JOBS["read-webhook-event"].payload, handlers["read-webhook-event"]),
    "check-mapping": task(JOBS["check-mapping"].payload, handlers["check-mapping"]),
    "check-mappings": task(JOBS["check-mappings"].payload, handlers["check-mappings"]),
    "deliver-webhook": task(JOBS["deliver-webhook"].payload, handlers["deliver-webhook"]),
    "import-contacts": task(JOBS["import-contacts"].payload, handlers["import-contacts"]),
    "start-due-imports": task(JOBS["start-due-imports"].payload, handlers["start-due-imports"]),
    "work-on-file": task(JOBS["work-on-file"].payload, handlers["work-on-file"]),
    "erase-contact": task(JOBS["erase-contact"].payload, handlers["erase-contact"]),
    "erase-in-crms": task(JOBS["erase-in-crms"].payload, handlers["erase-in-crms"]),
    "link-phone-calls": task(JOBS["link-phone-calls"].payload, handlers["link-phone-calls"]),
    "read-phone-calls": task(JOBS["read-phone-calls"].payload, handlers["read-phone-calls"]),
    "read-due-phone-calls": task(JOBS["read-due-phone-calls"].payload, handlers["read-due-phone-calls"]),
    "summarize-phone-call": task(JOBS["summarize-phone-call"].payload, handlers["summarize-phone-call"]),
    "end-silent-conversations": task(JOBS["end-silent-conversations"].payload, handlers["end-silent-conversations"]),
    "forget-old-sessions": task(JOBS["forget-old-sessions"].payload, handlers["forget-old-sessions"]),
    "forget-webhook-events": task(JOBS["forget-webhook-events"].payload, handlers["forget-webhook-events"]),
    "forget-outgoing-events": task(JOBS["forget-outgoing-events"].payload, handlers["forget-outgoing-events"]),
    "forget-idempotent-requests": task(
      JOBS["forget-idempotent-requests"].payload,
      handlers["forget-idempotent-requests"],
    ),
    "reseal-secrets": task(JOBS["reseal-secrets"].payload, handlers["reseal-secrets"]),
    "sweep-stuck-runs": task(JOBS["sweep-stuck-runs"].payload, handlers["sweep-stuck-runs"]),
  };
}

function inSlots(tasks: Record<string, Task>, slots: Slots): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, run]): [string, Task] => [
      name,
      (payload, helpers) =>
        slots.during(Object.keys(helpers.job.flags ?? {}), async () => void (await run(payload, helpers))),
    ]),
  );
}

function task<Payload>(schema: z.ZodType<Payload>, handle: (payload: Payload) => Promise<void>): Task {
  return async (raw) => handle(schema.parse(raw));
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
