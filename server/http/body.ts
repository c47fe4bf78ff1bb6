import type { Context } from "hono";
import type { z } from "zod";
import { DomainError } from "../domain/domain-error.ts";
import { parseInput } from "../parse-input.ts";
import type { AppEnv } from "./doors.ts";

export const MAX_BYTES = 256 * 1024;

/** The request's JSON in the shape it must have. Nothing larger than `maxBytes` is read into memory. */
export async function readJson<Schema extends z.ZodType>(
  c: Context<AppEnv>,
  schema: Schema,
  maxBytes = MAX_BYTES,
): Promise<z.output<Schema>> {
  // also keeps simple cross-site forms out, which cannot send this type
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) {
    throw new DomainError("bad_request", "Send JSON, with Content-Type: application/json.");
  }
  return parseInput(schema, parseJson(await readText(c.req.raw, maxBytes)));
}

export function readQuery<Schema extends z.ZodType>(c: Context<AppEnv>, schema: Schema): z.output<Schema> {
  return parseInput(schema, c.req.query());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("bad_request", "The body is not JSON.");
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  return (await readBytes(request, maxBytes)).toString("utf8");
}

/** The body as it came. One that says to be larger is refused unread, one that turns out to be is read no further. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): DomainError {
  return new DomainError("too_large", `The body may have at most ${Math.floor(maxBytes / 1024)} KB.`);
}
