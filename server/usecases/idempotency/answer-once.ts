import { z } from "zod";
import {
  beginIdempotentRequest,
  findIdempotentRequest,
  forgetWithoutEffect,
  type IdempotentRequestRow,
  keepAnswer,
} from "../../db/queries/idempotent-request.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { asRequest } from "./commit-marks.ts";

const Answer = z.object({ status: z.number().int(), contentType: z.string().nullable(), body: z.string() });
export type Answer = z.infer<typeof Answer>;

interface KeyedRequest {
  /** Hash of who asks, for what, and the key. */
  readonly id: string;
  readonly bodyHash: string;
}

type AnswerOnce = (
  request: KeyedRequest,
  execute: () => Promise<Answer>,
) => Promise<{ answer: Answer; replayed: boolean }>;

export const KEPT_MS = 24 * 60 * 60_000;
const WAIT_MS = 15_000;

/**
 * Carries a request out once, however often and from how many sides it is sent, and gives every sender the one answer. Only
 * a good answer is kept; what was refused changed nothing and may be sent again. Throws `conflict` for another body under
 * the same key, for one that is still being carried out after 15 s, and for one whose effect is stored but whose answer
 * was lost with the process.
 */
export function createAnswerOnce(deps: Deps): AnswerOnce {
  const underWay = new Map<string, Promise<unknown>>();

  async function attempt(request: KeyedRequest, execute: () => Promise<Answer>) {
    const before = await findIdempotentRequest(deps.db, request.id);
    const kept = before && readKept(deps, before, request);
    if (kept) return { answer: kept, replayed: true };
    await beginIdempotentRequest(deps.db, { ...request, createdAt: deps.now() });
    const answer = await asRequest(request.id, execute);
    if (answer.status < 300) {
      await keepAnswer(deps.db, request.id, deps.secrets.encrypt(JSON.stringify(answer), aad(request.id)));
    } else {
      await forgetWithoutEffect(deps.db, request.id);
    }
    return { answer, replayed: false };
  }

  async function alone(request: KeyedRequest, execute: () => Promise<Answer>) {
    const done = await deps.locks.holdRequest(request.id, WAIT_MS, () => attempt(request, execute));
    if (done !== "busy") return done;
    throw new DomainError(
      "conflict",
      "A request with this Idempotency-Key is still being carried out. Ask again soon.",
    );
  }

  return async (request, execute) => {
    // those of this process queue here, so that each key takes one session of the database
    const ahead = underWay.get(request.id);
    const mine = inTurn(ahead, () => alone(request, execute));
    underWay.set(request.id, mine);
    try {
      return await mine;
    } finally {
      if (underWay.get(request.id) === mine) underWay.delete(request.id);
    }
  };
}

/** The answer of an earlier request that counts; undefined where this one is to be carried out. */
function readKept(deps: Deps, before: IdempotentRequestRow, { id, bodyHash }: KeyedRequest): Answer | undefined {
  if (before.createdAt.getTime() <= deps.now().getTime() - KEPT_MS) return undefined;
  if (before.bodyHash !== bodyHash) {
    throw new DomainError("conflict", "This Idempotency-Key was used for another request. Use a new key.");
  }
  if (before.answer !== null) return Answer.parse(JSON.parse(deps.secrets.decrypt(before.answer, aad(id))));
  if (before.committedAt === null) return undefined;
  throw new DomainError(
    "conflict",
    "A request with this Idempotency-Key was carried out, but its answer was lost. Look what it did; to do it again, use a new key.",
  );
}

function aad(id: string): string {
  return `idempotent:${id}`;
}

/** Whatever becomes of the one ahead. */
async function inTurn<T>(ahead: Promise<unknown> | undefined, work: () => Promise<T>): Promise<T> {
  await Promise.allSettled(ahead === undefined ? [] : [ahead]);
  return await work();
}
