import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Connector } from "../../server/domain/connector.ts";
import { bigcommerce } from "../../server/integrations/bigcommerce/index.ts";
import {
  type BigCommerceSimulator,
  type BigCommerceSimulatorOptions,
  createBigCommerceSimulator,
} from "../../server/simulators/bigcommerce/simulator.ts";
import type { Fault } from "../../server/simulators/kit/faults.ts";
import { serveApp } from "../support/serve.ts";
import type { ContractFault, Harness } from "./contract/harness.ts";

export const STORE_HASH = "abc123demo";

export interface BigCommerceAccount {
  readonly simulator: BigCommerceSimulator;
  readonly connector: Connector;
  /** Another connector to the same store, as each job makes one. */
  connect(): Connector;
  /** The most updates that were under way at one time. */
  mostUpdatesAtOnce(): number;
  readonly accessToken: string;
  readonly url: string;
  advance(ms: number): void;
  /** Method and path within the store, without query, of every call since the last time it was asked. */
  newCalls(): string[];
  /** What was sent so far, in order; calls without a body left out. */
  readonly bodies: readonly unknown[];
}

/** A fresh simulated store behind a real socket, and a connector to it. It closes when the test that opens it ends. */
export async function openBigCommerceAccount(
  options: Partial<BigCommerceSimulatorOptions> = {},
  facts: Readonly<Record<string, unknown>> = {},
): Promise<BigCommerceAccount> {
  let nowMs = Date.parse("2026-03-01T10:00:00Z");
  const accessToken = `bc-${randomUUID()}`;
  const simulator = createBigCommerceSimulator({ accessToken, storeHash: STORE_HASH, now: () => nowMs, ...options });
  const server = await serveApp(simulator.app);
  onTestFinished(() => server.close());
  let seen = 0;
  const bodies: unknown[] = [];
  const updates = { underWay: 0, most: 0 };
  const send: typeof fetch = async (input, init) => {
    if (typeof init?.body === "string") bodies.push(JSON.parse(init.body));
    if (init?.method !== "PUT") return await fetch(input, init);
    updates.underWay += 1;
    updates.most = Math.max(updates.most, updates.underWay);
    return await fetch(input, init).finally(() => {
      updates.underWay -= 1;
    });
  };
  const connect = () =>
    bigcommerce.createConnector({
      settings: bigcommerce.settings.parse({ storeHash: STORE_HASH, baseUrl: server.url, allowCreate: "yes" }),
      credentials: { accessToken },
      facts,
      now: () => nowMs,
      http: { fetch: send, timeoutMs: 5000 },
    });
  return {
    simulator,
    accessToken,
    bodies,
    url: server.url,
    connector: connect(),
    connect,
    mostUpdatesAtOnce: () => updates.most,
    advance(ms) {
      nowMs += ms;
    },
    newCalls() {
      const calls = simulator.journal.entries.slice(seen);
      seen = simulator.journal.entries.length;
      return calls.map(
        ({ method, path }) => `${method} ${path.replace(`/stores/${STORE_HASH}`, "").replace(/\?.*/, "")}`,
      );
    },
  };
}

const FAULTS: Readonly<Record<ContractFault, Fault>> = {
  unauthorized: refusal(401, "Unauthorized"),
  forbidden: refusal(403, "You don't have a required scope to access the endpoint"),
  rate_limited: { ...refusal(429, "Too many requests"), headers: { "X-Rate-Limit-Time-Reset-Ms": "15000" } },
  server_error: { kind: "status", status: 503, body: "<html><h1>Down for maintenance</h1></html>" },
  html: { kind: "body", body: "<html><body>Just a moment...</body></html>", contentType: "text/html" },
  truncated: { kind: "body", body: '{"data":[{"id":7,"first_name":"An' },
  lost_answer: { kind: "status", status: 504, body: "<html>Gateway Timeout</html>", after: true },
  reset: { kind: "reset" },
};

export function refusal(status: number, title: string, errors = {}): Extract<Fault, { kind: "status" }> {
  const body = JSON.stringify({ status, title, type: "/api-docs/getting-started/api-status-codes", errors });
  return { kind: "status", status, body, contentType: "application/json" };
}

const PROPERTIES = { firstName: "first_name", lastName: "last_name", email: "email", phone: "phone" } as const;

export async function createBigCommerceHarness(): Promise<Harness> {
  const { simulator, connector, accessToken } = await openBigCommerceAccount();
  const typed = (person: object) =>
    Object.fromEntries(
      Object.entries(PROPERTIES).flatMap(([ours, theirs]) => {
        const value: unknown = Object.entries(person).find(([name]) => name === ours)?.[1];
        return value === undefined ? [] : [[theirs, value]];
      }),
    );
  return {
    connector,
    capabilities:
      bigcommerce.capabilitiesOf?.(bigcommerce.settings.parse({ storeHash: STORE_HASH, allowCreate: "yes" })) ??
      bigcommerce.capabilities,
    properties: PROPERTIES,
    secrets: [accessToken],
    unknownId: "987654",
    peek(ref) {
      const record = simulator.record(ref.object, ref.externalId);
      if (!record || record.state !== null) return undefined;
      return Object.fromEntries(
        Object.values(PROPERTIES).map((name) => [name, record.values[name] ? String(record.values[name]) : null]),
      );
    },
    /** BigCommerce keeps one text; each of our notes ends with a line of its own. */
    notes: (ref) =>
      (simulator.record(ref.object, ref.externalId)?.notes ?? []).flatMap(
        (text) => text.match(/[\s\S]+?\nRolodesk, .*(?:\n\n)?/g) ?? [],
      ),
    count: () => simulator.records().filter((record) => record.state === null).length,
    async seed(person, object = "customer") {
      return { object, externalId: simulator.seed(object, typed(person)) };
    },
    async edit(ref, person) {
      simulator.edit(ref.object, ref.externalId, typed(person));
    },
    async remove(ref) {
      simulator.remove(ref.object, ref.externalId);
    },
    failNext(fault, on) {
      const isNote = ({ method }: { method: string }) => method === "PUT";
      simulator.faults.play({ fault: FAULTS[fault], times: 1, match: on === "note" ? isNote : undefined });
    },
    calls: () => simulator.journal.entries.length,
  };
}
