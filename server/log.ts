import { type DestinationStream, type Logger, pino } from "pino";
import { describeError, redact, scrub } from "./log-redaction.ts";

export interface LogOptions {
  readonly level: string;
  /** Short lines for people instead of JSON. */
  readonly short?: boolean;
  /** Where lines go; standard output when absent. */
  readonly to?: DestinationStream;
}

/** One event is one line, whatever it holds; what may identify a person or open a door is blanked (`log-redaction.ts`). */
export function createLog({ level, short = false, to = pino.destination(1) }: LogOptions): Logger {
  return pino(
    {
      level,
      base: short ? null : { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      // the finished line, so that neither a child's bindings nor a message gets past
      hooks: { streamWrite: (line) => `${scrub(JSON.stringify(redact(JSON.parse(line))))}\n` },
    },
    short ? { write: (line) => to.write(shorten(line)) } : to,
  );
}

const HIDDEN_KEYS = new Set(["level", "time", "msg", "stack"]);

/** `12:03:44 warn  The CRM asked us to wait  connection=0190… waitMs=2000` */
function shorten(line: string): string {
  const event: Record<string, unknown> = JSON.parse(line);
  const time = String(event.time).slice(11, 19);
  const details = Object.entries(event)
    .filter(([key]) => !HIDDEN_KEYS.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const text = [String(event.msg ?? ""), ...details].join("  ");
  return `${time} ${String(event.level).padEnd(5)} ${withoutControls(text)}\n`;
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
