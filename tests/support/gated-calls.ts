import { ConnectorError } from "../../server/domain/connector-error.ts";
import type { AnswerHeard, CallGate, CallKind, CallLane, LimitsTold } from "../../server/integrations/call-gate.ts";
import type { SyncRig } from "./sync-rig.ts";

/** A call that was granted, on its way to the CRM until it is answered; null: no answer comes. */
export interface UnderWay {
  answer(status: number | null, limits?: LimitsTold): Promise<void>;
}

/** Lets the work make one call. Answers what is under way, or the wait in ms when it was refused. */
export async function begin(gate: CallGate, kind: CallKind = "call"): Promise<UnderWay | number> {
  return await new Promise((resolve, reject) => {
    const answered = gate.pass(
      { kind, writesBlindly: false },
      () =>
        new Promise<AnswerHeard>((goOn, cut) =>
          resolve({
            async answer(status, limits = {}) {
              if (status === null) cut(new NoAnswer());
              else goOn({ status, limits });
              await answered.catch(unless(NoAnswer));
            },
          }),
        ),
      (heard) => heard,
    );
    answered.catch((error: unknown) => {
      if (error instanceof NoAnswer) return;
      if (error instanceof ConnectorError && error.code === "rate_limited") resolve(error.retryAfterMs ?? 0);
      else reject(error);
    });
  });
}

class NoAnswer extends Error {}

function unless(kind: typeof NoAnswer) {
  return (error: unknown) => {
    if (!(error instanceof kind)) throw error;
  };
}

export function granted(begun: UnderWay | number): UnderWay {
  if (typeof begun === "number") throw new Error(`The call was refused for ${begun} ms.`);
  return begun;
}

/** Makes one call of this work, answered at once. Answers the wait in ms, or null when the call was granted. */
export async function waitOf(gate: CallGate, kind?: CallKind): Promise<number | null> {
  const begun = await begin(gate, kind);
  if (typeof begun === "number") return begun;
  await begun.answer(200);
  return null;
}

/** Pieces of work that make one call each. */
export function callsTo(rig: () => SyncRig, connectionId: () => string) {
  async function work(lane: CallLane): Promise<CallGate> {
    const { deps, connection } = rig();
    return deps.callGate(await connection(connectionId()), lane);
  }
  async function ask(lane: CallLane, kind?: CallKind): Promise<number | null> {
    return await waitOf(await work(lane), kind);
  }
  return {
    work,
    ask,
    /** How many of so many are granted. */
    async askTimes(times: number, lane: CallLane, kind?: CallKind): Promise<number> {
      const waits = await Promise.all(Array.from({ length: times }, () => ask(lane, kind)));
      return waits.filter((wait) => wait === null).length;
    },
    async answer(status: number | null, limits?: LimitsTold, lane: CallLane = "end"): Promise<void> {
      await granted(await begin(await work(lane))).answer(status, limits);
    },
  };
}
