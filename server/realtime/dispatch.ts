import type { Ack, Reply } from "@rolodesk/shared/realtime";
import type { Logger } from "pino";
import type { z } from "zod";
import { DomainError } from "../domain/domain-error.ts";
import { takeToken } from "../limits/rate-limited.ts";
import type { TokenBuckets } from "../limits/token-buckets.ts";
import { parseInput } from "../parse-input.ts";
import { toApiError } from "../to-api-error.ts";

/** Takes what came over the wire, whatever it is; answers the acknowledgement's data. */
export type EventHandler<Context, Data> = (context: Context, raw: unknown) => Promise<Data>;

/** Nothing of an event is looked at before it has the shape it must have. */
export function onEvent<Context, Schema extends z.ZodType, Data>(
  schema: Schema,
  handle: (context: Context, input: z.output<Schema>) => Promise<Data>,
): EventHandler<Context, Data> {
  return (context, raw) => handle(context, parseInput(schema, raw));
}

/** What an event is acknowledged with; anything where nobody waits for it. */
export type AckData<Event extends (...args: never) => unknown> =
  Parameters<Event> extends [unknown, Ack<infer Data>] ? Data : unknown;

interface Dispatcher<Context> {
  readonly handlers: Readonly<Record<string, EventHandler<Context, unknown>>>;
  readonly log: Logger;
  /** Every event of a socket counts, also those we do not know. */
  readonly limit: TokenBuckets;
}

/** Handles one event of a socket. It never throws, and a missing acknowledgement harms nobody. */
export async function dispatch<Context>(
  { handlers, log, limit }: Dispatcher<Context>,
  context: Context,
  socketId: string,
  event: string,
  args: readonly unknown[],
): Promise<void> {
  const last = args.at(-1);
  const acknowledge = typeof last === "function" ? last : undefined;
  try {
    takeToken(limit, socketId, "That was too fast.");
    const handler = Object.hasOwn(handlers, event) ? handlers[event] : undefined;
    if (!handler) throw new DomainError("bad_request", "There is no such event.");
    const data = await handler(context, args[0]);
    acknowledge?.({ ok: true, data } satisfies Reply<unknown>);
  } catch (error) {
    const reply = { ok: false, error: toApiError(error, log) } satisfies Reply<unknown>;
    acknowledge?.(reply);
  }
}
