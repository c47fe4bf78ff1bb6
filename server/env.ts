import { resolve } from "node:path";
import { z } from "zod";
import type { SecretKeys } from "./secret-box.ts";

const KEY_BYTES = 32;
const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

const port = z.coerce.number("must be a port number").int().min(0).max(65535, "must be a port number");
const onOff = z
  .enum(["1", "0", "true", "false", "on", "off"], "must be on or off")
  .transform((word) => /^(1|true|on)$/.test(word));

const Origin = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://chat.example.com" })
  .transform((address) => new URL(address))
  .refine((url) => url.pathname === "/" && !url.search && !url.hash, "must have no path")
  .transform((url) => url.origin);

const KeyList = z
  .string()
  .transform((list): SecretKeys => {
    const [first = "", ...older] = list.split(",");
    return [decodeKey(first), ...older.map(decodeKey)];
  })
  .refine(
    (keys) => keys.every((key) => key.length === KEY_BYTES),
    "must be 32 bytes in base64 (openssl rand -base64 32), or several of them between commas",
  );

const Variables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port.optional(),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }).optional(),
  DATA_DIR: z.string().default("data"),
  PUBLIC_URL: Origin.optional(),
  SECRET_KEY: KeyList.optional(),
  ROLE: z.enum(["web", "worker", "both"], "must be web, worker or both").default("both"),
  DEMO: onOff.optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "must be error, warn, info or debug")
    .default("info"),
  TRUST_PROXY: z.coerce.number("must be a number of proxies").int().min(0).max(10).default(0),
  SIMULATOR_PORT: port.optional(),
  ANTHROPIC_API_KEY: z.string().trim().optional(),
  ANTHROPIC_MODEL: z.string().trim().default("claude-haiku-5-5"),
});

function decodeKey(text: string): Buffer {
  return Buffer.from(text.trim(), "base64");
}

export interface Env {
  /** undefined: 3000, or the next free one. */
  readonly port: number | undefined;
  readonly host: string;
  /** undefined: the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Origin; undefined: this machine and the port. */
  readonly publicUrl: string | undefined;
  /** undefined: the key kept in `dataDir`. */
  readonly secretKeys: SecretKeys | undefined;
  readonly role: "web" | "worker" | "both";
  readonly demo: boolean;
  readonly logLevel: string;
  /** How many reverse proxies stand before us, whose X-Forwarded-For entries are believed. */
  readonly trustProxy: number;
  /** undefined: the port after ours, or the next free one. */
  readonly simulatorPort: number | undefined;
  /** Reads transcripts of telephone calls; undefined: rules alone say how they ended. */
  readonly languageModel: { readonly apiKey: string; readonly model: string } | undefined;
}

/** `problems` holds one line per variable. */
export class EnvError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment has ${problems.length === 1 ? "a problem" : "problems"}:\n${problems.join("\n")}`);
    this.name = "EnvError";
    this.problems = problems;
  }
}

/** Reads every variable once; throws `EnvError` naming all that are wrong. An empty variable counts as absent. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = Variables.safeParse(Object.fromEntries(Object.entries(source).filter(([, value]) => value !== "")));
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`));
  }
  const v = parsed.data;
  return {
    port: v.PORT,
    host: v.HOST,
    databaseUrl: v.DATABASE_URL,
    dataDir: resolve(v.DATA_DIR),
    publicUrl: v.PUBLIC_URL,
    secretKeys: v.SECRET_KEY,
    role: v.ROLE,
    demo: v.DEMO ?? isTrial(v),
    logLevel: v.LOG_LEVEL,
    trustProxy: v.TRUST_PROXY,
    simulatorPort: v.SIMULATOR_PORT,
    languageModel: v.ANTHROPIC_API_KEY ? { apiKey: v.ANTHROPIC_API_KEY, model: v.ANTHROPIC_MODEL } : undefined,
  };
}

/** Whether this looks like a first try on one's own machine. Everybody knows the demo's passwords: nobody else may come there. */
function isTrial({ DATABASE_URL, NODE_ENV, PUBLIC_URL }: z.output<typeof Variables>): boolean {
  const isHere = PUBLIC_URL === undefined || LOOPBACK_HOSTS.includes(new URL(PUBLIC_URL).hostname);
  return DATABASE_URL === undefined && NODE_ENV !== "production" && isHere;
}
