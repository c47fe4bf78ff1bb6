import { bookPlace, type CallAnswered, insertBudget, takeCall } from "../../db/queries/call-budget.ts";
import type { GatedConnection, OpenCallGate } from "../../deps.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { AnswerHeard, CallGate, CallKind, CallLane, CallLimits, CallMeant } from "../../integrations/call-gate.ts";
import { type NoteOptions, noteCall } from "./note-call.ts";
import { refusalWords } from "./refusal-words.ts";
import type { DailyNotes } from "./tell-limits.ts";

export interface CallGateOptions extends NoteOptions {
  readonly newId: () => string;
  /** How calls are waited for within the process; null: they are not, for tests whose clock stands still. */
  readonly wait?: ((ms: number) => Promise<void>) | null;
}

/** A process that stood still for longer than this sends nothing by the grant it got: that may be over. */
const GRANT_LASTS_MS = 3_000;

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

/**
 * Gates to the accounts' calls, one for each piece of work. No call is granted over a limit, inside a time the CRM asked us to
 * wait, or while it does not answer, whichever process asks; a call that may not be made soon is refused with the exact wait.
 */
export function createCallGates(options: CallGateOptions): OpenCallGate {
  const { connectors } = options;
  const dailyNotes: DailyNotes = new Map();
  return (connection, lane) => {
    const limits = connectors.limitsOf(connection.provider);
    return limits ? createGate(options, { connection, lane, limits, dailyNotes }) : OPEN;
  };
}

const OPEN: CallGate = { pass: (_call, send) => send() };

interface Work {
  readonly connection: GatedConnection;
  readonly lane: CallLane;
  readonly limits: Omit<CallLimits, "read">;
  readonly dailyNotes: DailyNotes;
}

type Counted = CallMeant & { readonly kind: Exclude<CallKind, "token"> };

function createGate(options: CallGateOptions, work: Work): CallGate {
  const { db, wait = sleep } = options;
  const { connection, lane, limits } = work;
  const workId = options.newId();
  const crmName = options.connectors.kindOf(connection.provider).name;
  let hasBegun = false;
  let beginning: Promise<CallAnswered> | undefined;
  /** Whether the CRM has told it anything. */
  let knows = false;
  /** ms its calls have waited for a CRM that asked to. */
  let paused = 0;

  async function take(kind: Counted["kind"]): Promise<CallAnswered> {
    const counted = countedAs(kind, limits);
    const limit = limits[counted] ?? limits.call;
    const atOnce = kind === "write" ? limits.writesAtOnce : undefined;
    const asked = { connectionId: connection.id, kind: counted, lane, isFirst: !hasBegun, workId, limit, atOnce };
    const answered = await takeCall(db, { ...asked, now: options.now?.() });
    if (answered) return answered;
    await insertBudget(db, connection.id);
    return await take(kind);
  }

  async function refuse({ refusal, waitMs, max, windowMs }: CallAnswered, kind: Counted["kind"]): Promise<never> {
    // its place is behind those that were refused before, at the pace the limit allows
    const asked = { connectionId: connection.id, kind: countedAs(kind, limits), now: options.now?.() };
    const place = { ...asked, waitMs, everyMs: windowMs / max };
    const retryAfterMs = Math.ceil(lane === "agent" ? waitMs : await bookPlace(db, place));
    throw new ConnectorError("rate_limited", refusalWords(crmName, refusal, { max, windowMs, kind }), { retryAfterMs });
  }

  async function enter({ kind, writesBlindly }: Counted): Promise<CallAnswered> {
    if (writesBlindly && paused > FRESH_MS) throw readAgain(crmName);
    let left = wait ? patience(lane, hasBegun) : 0;
    for (;;) {
      const askedAt = performance.now();
      const answered = await take(kind);
      if (answered.granted) {
        hasBegun = true;
        if (performance.now() - askedAt < GRANT_LASTS_MS) return answered;
        continue;
      }
      const { refusal, waitMs } = answered;
      const outlasts = refusal === "paused" && outlastsPause(waitMs, writesBlindly);
      if (!wait || (waitMs > left && !outlasts)) return await refuse(answered, kind);
      if (outlasts) paused += waitMs;
      else left -= waitMs;
      await wait(waitMs);
    }
  }

  /** Of calls made side by side one begins the work, and its refusal is that of all. */
  async function enterInTurn(call: Counted): Promise<CallAnswered> {
    await beginning;
    if (hasBegun) return await enter(call);
    beginning = enter(call).finally(() => {
      beginning = undefined;
    });
    return await beginning;
  }

  function outlastsPause(ms: number, writesBlindly: boolean): boolean {
    return wait !== null && knows && lane !== "agent" && paused + ms <= (writesBlindly ? FRESH_MS : PAUSED_WAIT_MS);
  }

  /** Sends it and notes what came of it before anybody hears of that. */
  async function make<Answer>(
    { kind }: CallMeant,
    taken: CallAnswered | null,
    send: () => Promise<Answer>,
    read: (answer: Answer) => AnswerHeard,
  ): Promise<{ readonly answer: Answer; readonly heard: AnswerHeard }> {
    let heard: AnswerHeard | null = null;
    try {
      const answer = await send();
      heard = read(answer);
      return { answer, heard };
    } finally {
      await noteCall(options, work, { heard, taken, workId, kind: countedAs(kind, limits) });
    }
  }

  return {
    async pass(call, send, read) {
      if (!isCounted(call)) return (await make(call, null, send, read)).answer;
      let taken = await enterInTurn(call);
      for (;;) {
        const { answer, heard } = await make(call, taken, send, read);
        knows ||= heard.status < 400;
        const { pauseMs } = heard.limits;
        if (heard.status !== 429 || pauseMs === undefined || !outlastsPause(pauseMs, call.writesBlindly)) return answer;
        taken = await enter(call);
      }
    },
  };
}

function isCounted(call: CallMeant): call is Counted {
  return call.kind !== "token";
}

function countedAs(kind: CallKind, { search }: Work["limits"]): "call" | "search" {
  return kind === "search" && search ? "search" : "call";
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
