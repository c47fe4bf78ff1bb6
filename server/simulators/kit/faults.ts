import type { Context, MiddlewareHandler } from "hono";
import type { Journal } from "./journal.ts";

/**
 * Ways a vendor's server misbehaves.
 * - `status`: answers without doing the work; `after: true` does the work first and then answers so (a lost success)
 * - `hang`: never answers · `reset`: cuts the connection; `after: true` once the work is done
 * - `body`: 200 with the given nonsense · `latency`: answers late
 */
export type Fault =
  | {
      kind: "status";
      status: number;
      body?: string;
      contentType?: string;
      headers?: Record<string, string>;
      after?: boolean;
    }
  | { kind: "hang"; after?: boolean }
  | { kind: "reset"; after?: boolean }
  | { kind: "body"; body: string; contentType?: string; after?: boolean }
  | { kind: "latency"; ms: number };

interface FaultRule {
  readonly fault: Fault;
  /** Which requests; all when absent. `path` includes the query. */
  readonly match?: (request: { method: string; path: string }) => boolean;
  /** How often; for ever when absent. */
  readonly times?: number;
  /** 0..1 of the matching requests, drawn from the seeded generator; 1 when absent. */
  readonly probability?: number;
}

export interface Faults {
  /** Adds a rule and returns how to take it away. */
  play(rule: FaultRule): () => void;
  clear(): void;
  readonly middleware: MiddlewareHandler;
}

/**
 * `random` is seeded by the caller, so a failing run can be repeated. `reset` needs a real socket
 * (`c.env.incoming` of @hono/node-server); with `app.request` it rejects instead.
 */
export function createFaults(journal: Journal, random: () => number): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];

  function draw(method: string, path: string): Fault[] {
    const drawn: Fault[] = [];
    for (const entry of rules) {
      const { rule } = entry;
      if (entry.left <= 0) continue;
      if (rule.match && !rule.match({ method, path })) continue;
      if (rule.probability !== undefined && random() >= rule.probability) continue;
      entry.left -= 1;
      drawn.push(rule.fault);
      if (rule.fault.kind !== "latency") break;
    }
    return drawn;
  }

  const middleware: MiddlewareHandler = async (c, next) => {
    const url = new URL(c.req.url);
    const entry = journal.add({
      at: Date.now(),
      method: c.req.method,
      path: url.pathname + url.search,
      status: null,
      fault: null,
    });
    const faults = draw(entry.method, entry.path);
    for (const fault of faults) {
      if (fault.kind === "latency") await new Promise((done) => setTimeout(done, fault.ms));
    }
    const fault = faults.find((one) => one.kind !== "latency");
    if (!fault) {
      await next();
      entry.status = c.res.status;
      return;
    }
    entry.fault = fault.kind;
    if ("after" in fault && fault.after) await next();
    const answer = await misbehave(fault, c);
    entry.status = answer.status;
    c.res = undefined;
    c.res = answer;
  };

  return {
    play(rule) {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.push(entry);
      return () => {
        rules = rules.filter((other) => other !== entry);
      };
    },
    clear() {
      rules = [];
    },
    middleware,
  };
}

async function misbehave(fault: Exclude<Fault, { kind: "latency" }>, c: Context): Promise<Response> {
  switch (fault.kind) {
    case "status":
      return new Response(fault.body ?? "", {
        status: fault.status,
        headers: { "content-type": fault.contentType ?? "text/html", ...fault.headers },
      });
    case "body":
      return new Response(fault.body, {
        status: 200,
        headers: { "content-type": fault.contentType ?? "application/json" },
      });
    case "hang":
      return new Promise(() => {});
    case "reset": {
      const incoming = (c.env as { incoming?: { socket: { resetAndDestroy(): void } } } | undefined)?.incoming;
      if (!incoming) throw new TypeError("connection reset");
      incoming.socket.resetAndDestroy();
      return new Promise(() => {});
    }
  }
}
