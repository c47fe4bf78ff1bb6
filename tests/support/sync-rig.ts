import { pino } from "pino";
import type { UserActor, VisitorActor } from "../../server/actor.ts";
import { type ConnectionRow, findConnection } from "../../server/db/queries/connection.ts";
import type { SyncRunRow } from "../../server/db/queries/sync-run.ts";
import { openRecordLocks } from "../../server/db/record-locks.ts";
import { user } from "../../server/db/schema/auth.ts";
import { visitor } from "../../server/db/schema/conversation.ts";
import { site } from "../../server/db/schema/site.ts";
import { syncRun } from "../../server/db/schema/sync.ts";
import type { Deps } from "../../server/deps.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import type { Job, JobHandlers, JobName } from "../../server/jobs/catalog.ts";
import { createHandlers } from "../../server/jobs/create-handlers.ts";
import { createOutside, WITH_LOOPBACK } from "../../server/net/outside.ts";
import { newId } from "../../server/new-id.ts";
import { createSecretBox } from "../../server/secret-box.ts";
import { createCallGates } from "../../server/usecases/calls/create-call-gates.ts";
import { runSettlement } from "../../server/usecases/conflicts/run-settlement.ts";
import { addConnection } from "../../server/usecases/connections/add-connection.ts";
import { endConversation } from "../../server/usecases/conversations/end-conversation.ts";
import { receiveMessage } from "../../server/usecases/conversations/receive-message.ts";
import { addTranscript } from "../../server/usecases/sync/add-transcript.ts";
import { runSync } from "../../server/usecases/sync/run-sync.ts";
import { saveFacts } from "../../server/usecases/visitors/save-facts.ts";
import { readWebhookEvent } from "../../server/usecases/webhooks/read-webhook-event.ts";
import { createClockWaits } from "./clock-waits.ts";
import { type FreshDb, freshDb } from "./fresh-db.ts";
import { seeded } from "./seeded.ts";
import { type Connectable, createSimulatedCrms, type SimulatedCrms } from "./simulated-crms.ts";

export interface Person {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface Chat {
  readonly conversationId: string;
  readonly actor: VisitorActor;
}

interface RigOptions {
  /** Draws faults, ids of the simulators and jitter. */
  readonly random?: () => number;
  /** Total deadline of one CRM call. */
  readonly timeoutMs?: number;
  /** Whether work under way waits for a CRM, by the rig's clock, which `work` moves when nothing else is left to do. */
  readonly patient?: boolean;
}

/** Stands between one process and the CRMs: sends the call on, or not, and answers. */
export type Network = (send: () => Promise<Response>, request: Request) => Promise<Response>;

interface OtherProcess {
  readonly deps: Deps;
  /** As `kill -9` leaves it: what it held of the database is free again, nothing else has happened. */
  kill(): Promise<void>;
}

export interface SyncRig extends Omit<SimulatedCrms, "fetch"> {
  readonly deps: Deps;
  readonly admin: UserActor;
  readonly siteId: string;
  /** For what opens its own connections, e.g. workers. */
  readonly databaseUrl: string;
  /** Jobs that were enqueued, with their times. */
  readonly jobs: Map<string, Date>;
  /** Moves the clock of the server and of all simulators. */
  advance(ms: number): void;
  /** Connects the account and forgets the calls that took. Returns the connection's id. */
  connect(provider: Connectable): Promise<string>;
  connection(id: string): Promise<ConnectionRow>;
  /** A new browser that says this of itself in a new conversation. Returns the conversation and who may end it. */
  chat(person: Person, visitorId?: string): Promise<Chat>;
  say(chat: Chat, person: Person): Promise<void>;
  end(chat: Chat): Promise<void>;
  /** A whole conversation. */
  chatAndEnd(person: Person, visitorId?: string): Promise<Chat>;
  /** Runs every job that is due, each `deliveries` times and all at once, until none is due. */
  work(deliveries?: number): Promise<void>;
  /** Moves the clock to each waiting job in turn, until nothing waits. */
  workUntilIdle(deliveries?: number): Promise<void>;
  runs(connectionId?: string): Promise<SyncRunRow[]>;
  /** Another server process on the same database and CRMs, behind a network of its own. */
  otherProcess(network: Network): OtherProcess;
  close(): Promise<void>;
}

const LONGER_THAN_ANY_TEST_MS = 3_600_000;

/** The engine on a real database, with the simulated CRMs behind the real connectors, all on one clock that a test moves. */
export async function createSyncRig({
  random = seeded(1),
  timeoutMs,
  patient = false,
}: RigOptions = {}): Promise<SyncRig> {
  const fresh = await freshDb();
  // two rigs at once, each with others beside it, must fit into one database server
  const locks = openRecordLocks(fresh.url, 35);
  const clock = { now: Date.now() };
  const waits = createClockWaits(clock);
  const now = () => clock.now;
  const { fetch: reach, ...crms } = createSimulatedCrms(now, random);

  const jobs = new Map<string, Date>();
  const notes = new Map<string, Date>();
  const settlements = new Map<string, Date>();
  const readings = new Map<string, Date>();
  const readingOf = new Map<string, string>();
  const anyJobs = new Map<string, Date>();
  const jobOf = new Map<string, Job>();
  const others: (() => Promise<void>)[] = [];
  const connectors = (send: typeof fetch, deadlineMs = timeoutMs) =>
    createConnectorFactory({ demo: true, now, http: { fetch: send, timeoutMs: deadlineMs } });
  const publish = { toAgents() {}, toVisitor() {}, disconnect() {} };
  const gates = (own: Deps["connectors"]) =>
    createCallGates({ db: fresh.db, connectors: own, publish, newId, now, wait: patient ? waits.wait : null });
  const reaching = connectors(reach);
  const deps: Deps = {
    db: fresh.db,
    locks,
    now: () => new Date(clock.now),
    newId,
    random,
    log: pino({ level: process.env.LOG_LEVEL ?? "silent" }),
    publish,
    secrets: createSecretBox([Buffer.alloc(32, 7)]),
    connectors: reaching,
    outside: createOutside(WITH_LOOPBACK),
    callGate: gates(reaching),
    async enqueue(_tx, job, { jobKey = newId(), runAt } = {}) {
      anyJobs.set(jobKey, runAt ?? new Date(clock.now));
      jobOf.set(jobKey, job);
    },
    enqueueRun: async (_tx, run, at) => void jobs.set(run.id, at ?? new Date(clock.now)),
    enqueueTranscript: async (_tx, note, at) => void notes.set(note.id, at ?? new Date(clock.now)),
    enqueueSettlement: async (_tx, id, at) => void settlements.set(id, at ?? new Date(clock.now)),
    enqueueWebhookEvent: async (_tx, event, at) => {
      const record = `${event.connectionId} ${event.object} ${event.externalId}`;
      readings.delete(readingOf.get(record) ?? "");
      readingOf.set(record, event.id);
      readings.set(event.id, at ?? new Date(clock.now));
    },
    config: { publicUrl: "http://rolodesk.test", demo: true },
  };
  const admin: UserActor = { kind: "user", userId: "admin", name: "Ada", role: "admin", siteIds: null };
  await fresh.db.insert(user).values({ id: admin.userId, name: admin.name, email: "ada@example.com", role: "admin" });
  const siteId = await insertShop(deps);

  const handlers = createHandlers(deps);
  const rig: SyncRig = {
    ...crms,
    deps,
    admin,
    siteId,
    databaseUrl: fresh.url,
    jobs,
    advance(ms) {
      clock.now += ms;
    },
    async connect(provider) {
      const input = { provider, name: provider, siteIds: [], ...crms.access[provider] };
      const { id } = await addConnection(deps, admin, input);
      for (const simulator of [rig.hubspot, rig.dynamics, rig.ghl, rig.bigcommerce]) simulator.journal.clear();
      return id;
    },
    async connection(id) {
      const row = await findConnection(deps.db, id);
      if (!row) throw new Error("There is no such connection.");
      return row;
    },
    async chat(person, visitorId) {
      const id = visitorId ?? newId();
      if (!visitorId) await fresh.db.insert(visitor).values({ id, siteId });
      const actor: VisitorActor = { kind: "visitor", visitorId: id, siteId };
      const sent = await receiveMessage(deps, actor, { clientId: newId(), conversationId: null, text: "Hello" });
      const chat = { conversationId: sent.conversation.id, actor };
      await rig.say(chat, person);
      return chat;
    },
    async say({ conversationId, actor }, person) {
      const facts = (["firstName", "lastName", "email", "phone"] as const).flatMap((field) => {
        const value = person[field];
        return value ? [{ field, value }] : [];
      });
      if (facts.length > 0) await saveFacts(deps, actor, { conversationId, facts });
    },
    end: async ({ actor, conversationId }) => void (await endConversation(deps, actor, conversationId)),
    async chatAndEnd(person, visitorId) {
      const chat = await rig.chat(person, visitorId);
      await rig.end(chat);
      return chat;
    },
    async work(deliveries = 1) {
      for (;;) {
        const runs = takeDue(jobs, clock.now);
        const transcripts = takeDue(notes, clock.now);
        const parts = takeDue(settlements, clock.now);
        const told = takeDue(readings, clock.now);
        const rest = takeDue(anyJobs, clock.now).flatMap((key) => jobOf.get(key) ?? []);
        if (runs.length + transcripts.length + parts.length + told.length + rest.length === 0) return;
        const delivered = Array.from({ length: deliveries }, () => [
          ...runs.map((runId) => runSync(deps, { runId })),
          ...transcripts.map((noteId) => addTranscript(deps, { noteId })),
          ...parts.map((settlementId) => runSettlement(deps, { settlementId })),
          ...told.map((eventId) => readWebhookEvent(deps, { eventId })),
          ...rest.map((job) => handleJob(handlers, job)),
        ]);
        await waits.settle(delivered.flat());
      }
    },
    async workUntilIdle(deliveries) {
      for (let rounds = 0; rounds < 2000; rounds += 1) {
        await rig.work(deliveries);
        const waiting = [jobs, notes, settlements, readings, anyJobs].flatMap((queue) => [...queue.values()]);
        const next = Math.min(...waiting.map((at) => at.getTime()));
        if (!Number.isFinite(next)) return;
        clock.now = Math.max(clock.now, next);
      }
      throw new Error("The queue never became idle.");
    },
    async runs(connectionId) {
      const rows = await fresh.db.select().from(syncRun).orderBy(syncRun.id);
      return connectionId ? rows.filter((row) => row.connectionId === connectionId) : rows;
    },
    otherProcess(network) {
      const own = openRecordLocks(fresh.url, 10);
      others.push(() => own.close());
      const send: typeof fetch = (input, init) => {
        const request = new Request(input, init);
        return network(() => reach(request), request);
      };
      // a killed one must not come back to life when the call it died in reaches its deadline
      const theirs = connectors(send, LONGER_THAN_ANY_TEST_MS);
      const there = { ...deps, locks: own, connectors: theirs, callGate: gates(theirs) };
      return { deps: there, kill: () => endLockHolders(fresh) };
    },
    async close() {
      await Promise.all(others.map((end) => end()));
      await locks.close();
      await fresh.drop();
    },
  };
  return rig;
}

function handleJob<N extends JobName>(handlers: JobHandlers, job: Job<N>): Promise<void> {
  return handlers[job.name](job.payload);
}

async function insertShop({ db }: Deps): Promise<string> {
  const id = newId();
  await db.insert(site).values({
    id,
    key: `site-${id}`,
    name: "Shop",
    accent: "#1d6b5f",
    greeting: "",
    origins: [],
    defaultCountry: "US",
    ask: { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" },
    idleMinutes: 30,
  });
  return id;
}

/** Ends the sessions that hold a record now, as the death of their process would. */
async function endLockHolders({ sql }: FreshDb): Promise<void> {
  await sql`
    select pg_terminate_backend(pid, 2000) from pg_locks
    where locktype = 'advisory' and granted and pid <> pg_backend_pid()
      and database = (select oid from pg_database where datname = current_database())`;
}

function takeDue(queue: Map<string, Date>, nowMs: number): string[] {
  const due = [...queue].filter(([, at]) => at.getTime() <= nowMs).map(([id]) => id);
  for (const id of due) queue.delete(id);
  return due;
}
