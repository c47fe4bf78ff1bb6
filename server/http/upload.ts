import type { Context } from "hono";
import { DomainError } from "../domain/domain-error.ts";
import type { AppEnv } from "./doors.ts";

const DRAINED_FOR_MS = 5_000;

/**
 * Hands the body on as it comes, never more than a piece of it in memory. When `take` refuses it, what still comes is thrown away
 * for a while: a browser that is cut off while it sends never reads why.
 */
export async function readUpload<T>(
  c: Context<AppEnv>,
  maxBytes: number,
  take: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const { body, headers } = c.req.raw;
  if (!body) throw new DomainError("bad_request", "Send the file as the body of the request.");
  const reader = body.getReader();
  try {
    if (Number(headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
    return await take(piecesOf(reader));
  } catch (error) {
    await drain(reader);
    throw error;
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function* piecesOf(reader: Reader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function drain(reader: Reader): Promise<void> {
  const until = performance.now() + DRAINED_FOR_MS;
  // a sender that goes silent is cut off by the timer, one that never ends by the clock
  const timer = setTimeout(() => void reader.cancel(), DRAINED_FOR_MS);
  try {
    while (performance.now() < until && !(await reader.read()).done);
  } catch {
    return; // whoever sent it has gone: nobody is left to be told anything
  } finally {
    clearTimeout(timer);
  }
  await reader.cancel();
}

function tooLarge(maxBytes: number): DomainError {
  const mb = Math.floor(maxBytes / (1024 * 1024));
  return new DomainError("too_large", `The file may have at most ${mb} MB. Split it and bring in its parts.`);
}
