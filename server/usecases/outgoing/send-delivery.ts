import type { Deps } from "../../deps.ts";
import { RefusedAddress } from "../../net/guarded-address.ts";

const DEADLINE_MS = 10_000;
const KEPT_BYTES = 1024;

export interface Sent {
  /** null when no answer came. */
  readonly status: number | null;
  /** The beginning of the answer. */
  readonly answer: string | null;
  /** Why it does not count as taken, in words; null when it was. */
  readonly problem: string | null;
  readonly durationMs: number;
  readonly retryAfter: string | null;
}

/** Sends a body once. Never throws: whatever a receiver does is a result. Ten seconds in all, redirects are answers. */
export async function sendDelivery(
  { outside }: Pick<Deps, "outside">,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<Sent> {
  const started = performance.now();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException("Too late", "TimeoutError")), DEADLINE_MS);
  const took = () => Math.round(performance.now() - started);
  try {
    const sent = { ...headers, "content-type": "application/json", "user-agent": "Rolodesk-Webhooks/1" };
    const response = await outside.fetch(url, { method: "POST", headers: sent, body, signal: deadline.signal });
    const answer = await readBeginning(response);
    const retryAfter = response.headers.get("retry-after");
    return { status: response.status, answer, problem: problemOf(response.status), durationMs: took(), retryAfter };
  } catch (error) {
    return { status: null, answer: null, problem: wordsOf(error), durationMs: took(), retryAfter: null };
  } finally {
    clearTimeout(timer);
  }
}

function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `It answered with a redirect (${status}), which is not followed.`;
  return `It answered with status ${status}.`;
}

function wordsOf(error: unknown): string {
  if (error instanceof RefusedAddress) return error.message;
  if (error instanceof Error && error.name === "TimeoutError") return "It did not answer within 10 seconds.";
  const code = error instanceof Error && "code" in error ? String(error.code) : null;
  return code === null ? "It could not be reached." : `It could not be reached (${code}).`;
}

/** No more of it is read than is kept. */
async function readBeginning(response: Response): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= KEPT_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, KEPT_BYTES).toString("utf8").replaceAll("\0", "");
}
