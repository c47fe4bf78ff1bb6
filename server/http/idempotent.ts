import { createHash } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import type { Deps } from "../deps.ts";
import { DomainError } from "../domain/domain-error.ts";
import { type Answer, createAnswerOnce } from "../usecases/idempotency/answer-once.ts";
import { MAX_BYTES, readBytes } from "./body.ts";
import type { AppEnv } from "./doors.ts";

const KEY = /^[\x21-\x7e]{1,255}$/;

/** A POST of a signed-in sender with an `Idempotency-Key` is carried out once; repeats get its answer, marked as such. */
export function idempotent(deps: Deps): MiddlewareHandler<AppEnv> {
  const answerOnce = createAnswerOnce(deps);
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (key === undefined || c.req.method !== "POST") return await next();
    if (!KEY.test(key)) {
      throw new DomainError("bad_request", "An Idempotency-Key has 1 to 255 visible ASCII characters and no spaces.");
    }
    const bodyHash = hashOf((await keepBody(c)).toString("base64"));
    const { answer, replayed } = await answerOnce({ id: requestId(c, key), bodyHash }, async () => {
      await next();
      return await readAnswer(c.res);
    });
    if (replayed) c.res = toResponse(answer);
  };
}

/** Reads the body and leaves it to be read once more. */
async function keepBody(c: Context<AppEnv>): Promise<Buffer> {
  const { url, method, headers } = c.req.raw;
  const isJson = /^application\/json\b/i.test(headers.get("content-type") ?? "");
  const bytes = await readBytes(c.req.raw, MAX_BYTES);
  if (bytes.length > 0 && !isJson) {
    throw new DomainError("bad_request", "An Idempotency-Key goes with JSON or no body at all.");
  }
  c.req.raw = new Request(url, { method, headers, ...(bytes.length > 0 ? { body: new Uint8Array(bytes) } : {}) });
  return bytes;
}

/** Of another role or other sites the sender is another: what was answered to an admin is not told to who is none any more. */
function requestId(c: Context<AppEnv>, key: string): string {
  const { userId, apiKey, role, siteIds } = c.get("session").actor;
  const { pathname, search } = new URL(c.req.url);
  return hashOf(JSON.stringify([userId, apiKey?.id ?? null, role, siteIds, pathname + search, key]));
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

async function readAnswer(response: Response): Promise<Answer> {
  const body = await response.clone().text();
  return { status: response.status, contentType: response.headers.get("content-type"), body };
}

function toResponse({ status, contentType, body }: Answer): Response {
  const headers = new Headers({ "Idempotency-Replayed": "true" });
  if (contentType !== null) headers.set("Content-Type", contentType);
  return new Response(status === 204 ? null : body, { status, headers });
}
