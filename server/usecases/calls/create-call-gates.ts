import {
  bookPlace,
  type CallAnswered,
  type CallAsked,
  insertBudget,
  moveGrant,
  takeCall,
} from "../../db/queries/call-budget.ts";
import { type CircuitRule, noteAnswered, noteFailure, noteLimits, noteWritten } from "../../db/queries/call-notes.ts";
import type { Deps, GatedConnection, OpenCallGate } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { AnswerHeard, CallGate, CallKind, CallLane, CallLimits } from "../../integrations/call-gate.ts";
import { refusalWords } from "./refusal-words.ts";
import { type DailyNotes, tellLimits } from "./tell-limits.ts";

export interface CallGateOptions extends Pick<Deps, "db" | "connectors" | "publish" | "newId"> {
  /** Epoch ms; the database's clock when absent, as it must be where several processes run. */
  readonly now?: () => number;
  /** How calls are waited for within the process; null: they are not, for tests whose clock stands still. */
  readonly wait?: ((ms: number) => Promise<void>) | null;
}

/** A grant that took this long to arrive stands for a call that is sent noticeably later. */
const LATE_MS = 30;

/** What a person waits for. */
const CLICK_WAIT_MS = 2_000;
/** Work in the queue makes way for that of other CRMs. */
const QUEUED_WAIT_MS = 200;
/** Work that has begun: what it has read would have to be read again. */
const BEGUN_WAIT_MS = 6_000;
/** The same, in all, when nobody waits for it and the CRM itself asked to wait. */
const PAUSED_WAIT_MS = 30_000;
/** What was read longer ago is read again before a write that has no precondition: somebody may have changed it. */
const FRESH_MS = 3_000;

const CIRCUIT: CircuitRule = { opensAfter: 5, firstPauseMs: 20_000, longestPauseMs: 120_000 };

/**
 * Gates to the accounts' calls, one for each piece of work. No call is granted over a limit, inside a time the CRM asked us to
 * wait, or while it does not answer, whichever process asks; a call that may not be made soon is refused with the exact wait.
 */
export function createCallGates(options: CallGateOptions): OpenCallGate {
  const { connectors } = options;
  const notes: DailyNotes = new Map();
  return (connection, lane) => {
    const limits = connectors.limitsOf(connection.provider);
    return limits ? createGate(options, { connection, lane, limits, notes }) : OPEN;
  };
}

const OPEN: CallGate = { before: async () => {}, after: async () => {}, repeats: async () => false };

interface Work {
  readonly connection: GatedConnection;
  readonly lane: CallLane;
  readonly limits: Omit<CallLimits, "read">;
  readonly notes: DailyNotes;
}

function createGate(options: CallGateOptions, work: Work): CallGate {
  const { db, wait = sleep } = options;
  const { id: connectionId } = work.connection;
  const workId = options.newId();
  let last: CallAnswered | undefined;
  let entering: Promise<void> | undefined;
  const writes: number[] = [];
  /** Whether the CRM has told it anything. */
  let knows = false;
  /** ms its calls have waited for a CRM that asked to. */
  let paused = 0;
  let askedToWaitMs: number | undefined;

  function asked(kind: Exclude<CallKind, "token">): CallAsked {
    const counted = kind === "search" && work.limits.search ? "search" : "call";
    const limit = work.limits[counted] ?? work.limits.call;
    const atOnce = kind === "write" ? work.limits.writesAtOnce : undefined;
    const { lane } = work;
    return { connectionId, kind: counted, lane, isFirst: !last, workId, limit, atOnce, now: options.now?.() };
  }

  async function take(kind: Exclude<CallKind, "token">): Promise<CallAnswered> {
    const answered = await takeCall(db, asked(kind));
    if (answered) return answered;
    await insertBudget(db, connectionId);
    return await take(kind);
  }

  async function refuse({ refusal, waitMs, max, windowMs }: CallAnswered, kind: CallKind): Promise<never> {
    // its place is behind those that were refused before, at the pace the limit allows
    const place = { connectionId, now: options.now?.(), waitMs, everyMs: windowMs / max };
    const retryAfterMs = Math.ceil(work.lane === "agent" ? waitMs : await bookPlace(db, place));
    const name = options.connectors.kindOf(work.connection.provider).name;
    throw new ConnectorError("rate_limited", refusalWords(name, refusal, { max, windowMs, kind }), { retryAfterMs });
  }

  async function enter(kind: Exclude<CallKind, "token">, writesBlindly: boolean): Promise<void> {
    if (writesBlindly && paused > FRESH_MS) throw readAgain(options.connectors.kindOf(work.connection.provider).name);
    const hasBegun = last !== undefined;
    let left = wait ? patience(work.lane, hasBegun) : 0;
    for (;;) {
      const askedAt = performance.now();
      const answered = await take(kind);
      if (answered.granted) {
        const isLate = performance.now() - askedAt > LATE_MS && wait === sleep;
        if (isLate) await moveGrant(db, asked(kind), answered.at);
        last = answered;
        if (kind === "write" && work.limits.writesAtOnce) writes.push(answered.slot);
        return;
      }
      const { refusal, waitMs } = answered;
      const outlasts = hasBegun && refusal === "paused" && outlastsPause(waitMs, writesBlindly);
      if (!wait || (waitMs > left && !outlasts)) return await refuse(answered, kind);
      if (outlasts) paused += waitMs;
      else left -= waitMs;
      await wait(waitMs);
    }
  }

  function outlastsPause(ms: number, writesBlindly: boolean): boolean {
    return (
      wait !== null && knows && work.lane !== "agent" && paused + ms <= (writesBlindly ? FRESH_MS : PAUSED_WAIT_MS)
    );
  }

  return {
    async before({ kind, writesBlindly }) {
      if (kind === "token") return;
      // of calls made side by side one begins the work, and its refusal is that of all
      await entering;
      if (last) return await enter(kind, writesBlindly);
      entering = enter(kind, writesBlindly).finally(() => {
        entering = undefined;
      });
      await entering;
    },
    async after(kind, answer) {
      const slot = kind === "write" ? writes.pop() : undefined;
      if (slot !== undefined) await noteWritten(db, connectionId, slot);
      if (kind !== "token") {
        askedToWaitMs = answer?.status === 429 ? answer.limits.pauseMs : undefined;
        knows ||= answer !== null && answer.status < 400;
      }
      await note(options, work, { kind, answer, taken: last });
    },
    async repeats({ kind, writesBlindly }) {
      if (kind === "token" || askedToWaitMs === undefined || !outlastsPause(askedToWaitMs, writesBlindly)) return false;
      await enter(kind, writesBlindly);
      return true;
    },
  };
}

/** Not a refusal of the CRM's: the work begins anew, with what is there now. */
function readAgain(name: string): ConnectorError {
  const words = `${name} asked to wait after the record was read; it is read again before anything is written.`;
  return new ConnectorError("rate_limited", words, { retryAfterMs: 1 });
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function patience(lane: CallLane, hasBegun: boolean): number {
  if (hasBegun) return BEGUN_WAIT_MS;
  return lane === "agent" ? CLICK_WAIT_MS : QUEUED_WAIT_MS;
}

interface Heard {
  readonly kind: CallKind;
  readonly answer: AnswerHeard | null;
  readonly taken: CallAnswered | undefined;
}

async function note(
  options: CallGateOptions,
  { connection, notes }: Work,
  { kind, answer, taken }: Heard,
): Promise<void> {
  const { db } = options;
  const now = options.now?.();
  if (isBroken(answer)) {
    if (kind === "token") await insertBudget(db, connection.id);
    if (await noteFailure(db, connection.id, CIRCUIT, now)) publish(options, connection);
    return;
  }
  if (kind === "token" || !answer) return;
  const told = tellLimits(notes, connection.id, { limits: answer.limits, taken });
  if (told) await noteLimits(db, connection.id, told, now);
  if (told?.pauseMs !== undefined) publish(options, connection);
  if (taken?.troubled && (await noteAnswered(db, connection.id, now))) publish(options, connection);
}

/** No answer, one of a broken server, or a refusal of everybody that names no time. */
function isBroken(answer: AnswerHeard | null): boolean {
  if (!answer) return true;
  const { status, limits } = answer;
  return status >= 500 || status === 408 || (status === 429 && limits.pauseMs === undefined);
}

function publish(options: CallGateOptions, { id, version }: GatedConnection): void {
  const place = { conversationId: null, contactId: null };
  options.publish.toAgents("everyone", "changed", { kind: "connection", id, ...place, version });
}
