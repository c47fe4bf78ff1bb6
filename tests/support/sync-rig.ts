import { randomUUID } from "node:crypto";
import type { Provider } from "@rolodesk/shared/vocabulary";
import { pino } from "pino";
import type { UserActor, VisitorActor } from "../../server/actor.ts";
import type { SyncRunRow } from "../../server/db/queries/sync-run.ts";
import { openRecordLocks } from "../../server/db/record-locks.ts";
import { user } from "../../server/db/schema/auth.ts";
import { visitor } from "../../server/db/schema/conversation.ts";
import { site } from "../../server/db/schema/site.ts";
import { syncRun } from "../../server/db/schema/sync.ts";
import type { Deps } from "../../server/deps.ts";
import { createConnectorFactory } from "../../server/integrations/create-connector-factory.ts";
import { newId } from "../../server/new-id.ts";
import { createSecretBox } from "../../server/secret-box.ts";
import {
  createDynamicsSimulator,
  type DynamicsSimulator,
} from "../../server/simulators/dynamics/dynamics-simulator.ts";
import { createGhlSimulator, type GhlSimulator } from "../../server/simulators/ghl/simulator.ts";
import { createHubSpotSimulator, type HubSpotSimulator } from "../../server/simulators/hubspot/hubspot-simulator.ts";
import { addConnection } from "../../server/usecases/connections/add-connection.ts";
import { endConversation } from "../../server/usecases/conversations/end-conversation.ts";
import { receiveMessage } from "../../server/usecases/conversations/receive-message.ts";
import { addTranscript } from "../../server/usecases/sync/add-transcript.ts";
import { runSync } from "../../server/usecases/sync/run-sync.ts";
import { saveFacts } from "../../server/usecases/visitors/save-facts.ts";
import { freshDb } from "./fresh-db.ts";

export interface Person {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface SyncRig {
  readonly deps: Deps;
  readonly admin: UserActor;
  readonly hubspot: HubSpotSimulator;
  readonly dynamics: DynamicsSimulator;
  readonly ghl: GhlSimulator;
  readonly siteId: string;
  /** Jobs that were enqueued, with their times. */
  readonly jobs: Map<string, Date>;
  /** Moves the clock of the server and of all simulators. */
  advance(ms: number): void;
  connect(provider: "hubspot" | "dynamics" | "ghl"): Promise<string>;
  /** A new browser that says this of itself in a new conversation. Returns the conversation and who may end it. */
  chat(person: Person, visitorId?: string): Promise<{ conversationId: string; actor: VisitorActor }>;
  /** The same, ended. */
  chatAndEnd(person: Person, visitorId?: string): Promise<{ conversationId: string; actor: VisitorActor }>;
  /** Runs every job that is due, several at once, until none is. */
  work(): Promise<void>;
  /** Moves the clock to each waiting job in turn, until nothing waits. */
  workUntilIdle(): Promise<void>;
  runs(connectionId?: string): Promise<SyncRunRow[]>;
  close(): Promise<void>;
}

const TOKEN = "pat-na1-0123456789abcdef";
const ENTRA = { tenantId: randomUUID(), clientId: randomUUID(), clientSecret: "dynamics-secret-0123456789" };
const LOCATION = { token: "pit-0123456789abcdef", locationId: "demoLocation00000001" };

/** The engine on a real database, with the three simulated CRMs behind the real connectors, all on one clock that a test moves. */
export async function createSyncRig(): Promise<SyncRig> {
  const fresh = await freshDb();
  const locks = openRecordLocks(fresh.url, 60);
  const clock = { now: Date.parse("2026-10-01T15:00:00Z") };
  const now = () => clock.now;
  const options = { now, random: () => 0.5, searchLagMs: 5_000 };
  const hubspot = createHubSpotSimulator({ token: TOKEN, ...options });
  const dynamics = createDynamicsSimulator({ ...ENTRA, ...options });
  const ghl = createGhlSimulator({ ...LOCATION, ...options });
  const apps = { "hubspot.test": hubspot.app, "dynamics.test": dynamics.app, "ghl.test": ghl.app };

  const jobs = new Map<string, Date>();
  const notes = new Map<string, Date>();
  const deps: Deps = {
    db: fresh.db,
    locks,
    now: () => new Date(clock.now),
    newId,
    random: () => 0.5,
    log: pino({ level: process.env.LOG_LEVEL ?? "silent" }),
    publish: { toAgents() {}, toVisitor() {}, disconnect() {} },
    secrets: createSecretBox([Buffer.alloc(32, 7)]),
    connectors: createConnectorFactory({
      demo: true,
      now,
      http: {
        fetch: async (input, init) => {
          const request = new Request(input, init);
          const app = apps[new URL(request.url).hostname as keyof typeof apps];
          return await app.fetch(request);
        },
      },
    }),
    enqueueRun: async (_tx, run, at) => void jobs.set(run.id, at ?? new Date(clock.now)),
    enqueueTranscript: async (_tx, note, at) => void notes.set(note.id, at ?? new Date(clock.now)),
    config: { publicUrl: "http://rolodesk.test", demo: true },
  };
  const admin: UserActor = { kind: "user", userId: "admin", name: "Ada", role: "admin", siteIds: null };
  await fresh.db.insert(user).values({ id: admin.userId, name: admin.name, email: "ada@example.com", role: "admin" });
  const siteId = newId();
  await fresh.db.insert(site).values({
    id: siteId,
    key: `site-${siteId}`,
    name: "Shop",
    accent: "#1d6b5f",
    greeting: "",
    origins: [],
    defaultCountry: "US",
    ask: { firstName: "optional", lastName: "optional", email: "optional", phone: "optional" },
    idleMinutes: 30,
  });

  const rig: SyncRig = {
    deps,
    admin,
    hubspot,
    dynamics,
    ghl,
    siteId,
    jobs,
    advance: (ms) => void (clock.now += ms),
    async connect(provider) {
      const connection = await addConnection(deps, admin, {
        provider,
        name: provider,
        siteIds: [],
        ...ACCESS[provider],
      });
      for (const simulator of [hubspot, dynamics, ghl]) simulator.journal.clear();
      return connection.id;
    },
    async chat(person, visitorId) {
      const id = visitorId ?? newId();
      if (!visitorId) await fresh.db.insert(visitor).values({ id, siteId });
      const actor: VisitorActor = { kind: "visitor", visitorId: id, siteId };
      const sent = await receiveMessage(deps, actor, { clientId: newId(), conversationId: null, text: "Hello" });
      const facts = (["firstName", "lastName", "email", "phone"] as const).flatMap((field) => {
        const value = person[field];
        return value ? [{ field, value }] : [];
      });
      const conversationId = sent.conversation.id;
      if (facts.length > 0) await saveFacts(deps, actor, { conversationId, facts });
      return { conversationId, actor };
    },
    async chatAndEnd(person, visitorId) {
      const chat = await rig.chat(person, visitorId);
      await endConversation(deps, chat.actor, chat.conversationId);
      return chat;
    },
    async work() {
      for (;;) {
        const runs = takeDue(jobs, clock.now);
        const transcripts = takeDue(notes, clock.now);
        if (runs.length + transcripts.length === 0) return;
        await Promise.all([
          ...runs.map((runId) => runSync(deps, { runId })),
          ...transcripts.map((noteId) => addTranscript(deps, { noteId })),
        ]);
      }
    },
    async workUntilIdle() {
      for (let rounds = 0; rounds < 500; rounds += 1) {
        await rig.work();
        const next = Math.min(...[...jobs.values(), ...notes.values()].map((at) => at.getTime()));
        if (!Number.isFinite(next)) return;
        clock.now = Math.max(clock.now, next);
      }
      throw new Error("The queue never became idle.");
    },
    async runs(connectionId) {
      const rows = await fresh.db.select().from(syncRun).orderBy(syncRun.id);
      return connectionId ? rows.filter((row) => row.connectionId === connectionId) : rows;
    },
    async close() {
      await locks.close();
      await fresh.drop();
    },
  };
  return rig;
}

const ACCESS: Record<
  Exclude<Provider, "memory">,
  { settings: Record<string, string>; credentials: Record<string, string> }
> = {
  hubspot: { settings: { baseUrl: "http://hubspot.test" }, credentials: { token: TOKEN } },
  dynamics: {
    settings: {
      environmentUrl: "http://dynamics.test",
      tenantId: ENTRA.tenantId,
      tokenUrl: `http://dynamics.test/${ENTRA.tenantId}/oauth2/v2.0/token`,
    },
    credentials: { clientId: ENTRA.clientId, clientSecret: ENTRA.clientSecret },
  },
  ghl: {
    settings: { baseUrl: "http://ghl.test", locationId: LOCATION.locationId },
    credentials: { token: LOCATION.token },
  },
};

function takeDue(queue: Map<string, Date>, nowMs: number): string[] {
  const due = [...queue].filter(([, at]) => at.getTime() <= nowMs).map(([id]) => id);
  for (const id of due) queue.delete(id);
  return due;
}
