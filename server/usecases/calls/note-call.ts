import { type CallAnswered, type CallAsked, insertBudget } from "../../db/queries/call-budget.ts";
import { type CircuitRule, noteAnswered, noteEnd, noteFailure } from "../../db/queries/call-notes.ts";
import type { Deps, GatedConnection } from "../../deps.ts";
import type { AnswerHeard } from "../../integrations/call-gate.ts";
import { type DailyNotes, tellLimits } from "./tell-limits.ts";

export interface NoteOptions extends Pick<Deps, "db" | "connectors" | "publish"> {
  /** Epoch ms; the database's clock when absent, as it must be where several processes run. */
  readonly now?: () => number;
}

/** What came of one call. */
export interface Ended {
  readonly kind: CallAsked["kind"];
  /** null when no answer came. */
  readonly heard: AnswerHeard | null;
  /** null: it counted against no limit. */
  readonly taken: CallAnswered | null;
  readonly workId: string;
}

const CIRCUIT: CircuitRule = { opensAfter: 5, firstPauseMs: 20_000, longestPauseMs: 120_000 };

/** Writes down that a call is over, and what its answer, or that there was none, tells of the account. */
export async function noteCall(
  options: NoteOptions,
  { connection, dailyNotes }: { readonly connection: GatedConnection; readonly dailyNotes: DailyNotes },
  { kind, heard, taken, workId }: Ended,
): Promise<void> {
  const { db } = options;
  const { id: connectionId } = connection;
  const now = options.now?.();
  const isBroken = tellsOfTrouble(heard);
  const told =
    taken && heard && !isBroken ? tellLimits(dailyNotes, connectionId, { limits: heard.limits, taken }) : undefined;
  if (taken) await noteEnd(db, { connectionId, kind, slot: taken.slot }, told, now);
  else if (isBroken) await insertBudget(db, connectionId);

  const hasTurned = isBroken
    ? await noteFailure(db, connectionId, CIRCUIT, now)
    : taken?.troubled && (await noteAnswered(db, { connectionId, workId }, now));
  if (hasTurned || told?.pauseMs !== undefined) publish(options, connection);
}

/** No answer, one of a broken server, or a refusal of everybody that names no time. */
function tellsOfTrouble(heard: AnswerHeard | null): boolean {
  if (!heard) return true;
  const { status, limits } = heard;
  return status >= 500 || status === 408 || (status === 429 && limits.pauseMs === undefined);
}

function publish({ publish: news }: NoteOptions, { id, version }: GatedConnection): void {
  const place = { conversationId: null, contactId: null };
  news.toAgents("everyone", "changed", { kind: "connection", id, ...place, version });
}
