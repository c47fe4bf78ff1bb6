import type { Change, ServerToVisitor } from "@rolodesk/shared/realtime";
import type { Logger } from "pino";
import type { Db, Tx } from "./db/client.ts";
import type { ConnectionRow } from "./db/queries/connection.ts";
import type { RecordLocks } from "./db/record-locks.ts";
import type { CallReader } from "./domain/phone-calls/call-reader.ts";
import type { CallGate, CallLane } from "./integrations/call-gate.ts";
import type { ConnectorFactory } from "./integrations/connector-factory.ts";
import type { Job } from "./jobs/catalog.ts";
import type { EnqueueOptions } from "./jobs/enqueue.ts";
import type { Outside } from "./net/outside.ts";
import type { SecretBox } from "./secret-box.ts";

/** What usecases and doors are given. Built once, in `main.ts` (and in tests). */
export interface Deps {
  readonly db: Db;
  readonly now: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  readonly log: Logger;
  readonly publish: Publisher;
  readonly secrets: SecretBox;
  readonly connectors: ConnectorFactory;
  readonly locks: RecordLocks;
  /** What keeps the limits of an account's calls, for all processes together. */
  readonly callGate: OpenCallGate;
  /** Calls to addresses that people enter. */
  readonly outside: Outside;
  readonly enqueue: Enqueue;
  readonly enqueueRun: EnqueueRun;
  readonly enqueueTranscript: EnqueueTranscript;
  readonly enqueueSettlement: EnqueueSettlement;
  readonly enqueueWebhookEvent: EnqueueWebhookEvent;
  /** A language model that reads transcripts of telephone calls; absent where none is set up. */
  readonly readCall?: CallReader;
  /** 0..1, for jitter. */
  readonly random: () => number;
  readonly config: Config;
}

/** A gate for one piece of work in one connection: its first call may be refused sooner than those that follow. */
export type OpenCallGate = (connection: GatedConnection, lane: CallLane) => CallGate;

export type GatedConnection = Pick<ConnectionRow, "id" | "provider" | "version">;

/** Puts a job in the queue, in the transaction that makes it necessary: it exists when that commits, never when it does not. */
export type Enqueue = (tx: Tx, job: Job, options?: EnqueueOptions) => Promise<void>;

/**
 * Puts a run in the queue, in the transaction that makes it necessary: no lost job, no ghost job. Enqueuing a run that is
 * queued already only moves its time. Runs of one connection and contact are taken one at a time.
 */
export type EnqueueRun = (
  tx: Tx,
  run: { readonly id: string; readonly connectionId: string; readonly contactId: string | null },
  at?: Date,
) => Promise<void>;

/** The same for adding a transcript, by the id of its note. */
export type EnqueueTranscript = (
  tx: Tx,
  note: { readonly id: string; readonly connectionId: string; readonly contactId: string },
  at?: Date,
) => Promise<void>;

/** The next part of a settlement of many conflicts. */
export type EnqueueSettlement = (tx: Tx, settlementId: string, at?: Date) => Promise<void>;

/** The same for reading a record again after a CRM told of it; one job per record waits, whatever was told how often. */
export type EnqueueWebhookEvent = (
  tx: Tx,
  event: { readonly id: string; readonly connectionId: string; readonly object: string; readonly externalId: string },
  at?: Date,
) => Promise<void>;

/** The part of the environment that usecases and doors may know. */
export interface Config {
  /** Origin under which the world sees this server, e.g. `https://chat.example.com`; no trailing slash. */
  readonly publicUrl: string;
  /** Demo data, simulators and demo logins; never with real accounts. */
  readonly demo: boolean;
}

/**
 * Live news, best effort and only after the transaction that made it true has committed. Losing one loses nothing:
 * clients catch up by sequence number or re-read.
 */
export interface Publisher {
  toAgents(scope: AgentScope, event: "changed", change: Change): void;
  toVisitor<E extends keyof ServerToVisitor>(
    visitorId: string,
    event: E,
    ...args: Parameters<ServerToVisitor[E]>
  ): void;
  /** Ends every socket of a user, or those that came in by certain sessions (a visitor's or a user's), at once. */
  disconnect(whom: { userId: string } | { sessionIds: readonly string[] }): void;
}

/** Agents who serve a site, those who look at one conversation, or everybody signed in. */
export type AgentScope = { siteId: string } | "everyone";
