import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Connector } from "../../server/domain/connector.ts";
import { ghl } from "../../server/integrations/ghl/index.ts";
import {
  createGhlSimulator,
  type GhlSimulator,
  type GhlSimulatorOptions,
} from "../../server/simulators/ghl/simulator.ts";
import type { Fault } from "../../server/simulators/kit/faults.ts";
import { serveApp } from "../support/serve.ts";
import type { ContractFault, Harness } from "./contract/harness.ts";

export interface GhlAccount {
  readonly simulator: GhlSimulator;
  readonly connector: Connector;
  readonly token: string;
  readonly url: string;
  /** Moves the simulator's clock, and with it the search index. */
  advance(ms: number): void;
  /** Method and path without query of every call since the last time it was asked. */
  newCalls(): string[];
}

const LOCATION_ID = "demoLocation00000001";

/** A fresh simulated location behind a real socket, and a connector to it. It closes when the test that opens it ends. */
export async function openGhlAccount(
  options: Partial<GhlSimulatorOptions> = {},
  facts: Readonly<Record<string, unknown>> = {},
): Promise<GhlAccount> {
  let nowMs = Date.parse("2026-03-01T10:00:00Z");
  const token = `pit-${randomUUID()}`;
  const simulator = createGhlSimulator({ token, locationId: LOCATION_ID, now: () => nowMs, ...options });
  const server = await serveApp(simulator.app);
  onTestFinished(() => server.close());
  let seen = 0;
  return {
    simulator,
    token,
    url: server.url,
    connector: ghl.createConnector({
      settings: { locationId: LOCATION_ID, baseUrl: server.url, appUrl: "https://app.gohighlevel.com" },
      credentials: { token },
      facts,
      now: () => nowMs,
      http: { timeoutMs: 5000 },
    }),
    advance(ms) {
      nowMs += ms;
    },
    newCalls() {
      const calls = simulator.journal.entries.slice(seen);
      seen = simulator.journal.entries.length;
      return calls.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);
    },
  };
}

const FAULTS: Readonly<Record<ContractFault, Fault>> = {
  unauthorized: refusal(401, "Invalid JWT"),
  forbidden: refusal(403, "The token does not have access to this location."),
  rate_limited: {
    kind: "status",
    status: 429,
    body: "Too Many Requests",
    headers: { "x-ratelimit-interval-milliseconds": "10000", "x-ratelimit-daily-remaining": "1000" },
  },
  server_error: { kind: "status", status: 502, body: "<html><h1>502 Bad Gateway</h1></html>" },
  html: { kind: "body", body: "<html><body>Just a moment...</body></html>", contentType: "text/html" },
  truncated: { kind: "body", body: '{"contact":{"id":"abc","firstName":"An' },
  lost_answer: { kind: "status", status: 504, body: "<html>Gateway Timeout</html>", after: true },
  reset: { kind: "reset" },
};

export function refusal(status: number, message: string): Extract<Fault, { kind: "status" }> {
  const body = JSON.stringify({ statusCode: status, message });
  return { kind: "status", status, body, contentType: "application/json" };
}

export async function createGhlHarness(): Promise<Harness> {
  const { simulator, connector, token, advance } = await openGhlAccount();
  return {
    connector,
    capabilities: ghl.capabilities,
    properties: { firstName: "firstName", lastName: "lastName", email: "email", phone: "phone" },
    secrets: [token],
    unknownId: "abcdefghijABCDEFGHIJ",
    peek(ref) {
      const record = simulator.record(ref.object, ref.externalId);
      if (!record || record.state !== null) return undefined;
      const { firstName, lastName, email, phone } = record.values;
      return Object.fromEntries(
        Object.entries({ firstName, lastName, email, phone }).map(([name, value]) => [
          name,
          value ? String(value) : null,
        ]),
      );
    },
    notes: (ref) => simulator.record(ref.object, ref.externalId)?.notes ?? [],
    count: () => simulator.records().filter((record) => record.state === null).length,
    async seed(person, object = "contact") {
      return { object, externalId: simulator.seed(object, { ...person }) };
    },
    async edit(ref, person) {
      simulator.edit(ref.object, ref.externalId, { ...person });
    },
    async remove(ref) {
      simulator.remove(ref.object, ref.externalId);
    },
    async settle() {
      advance(60_000);
    },
    async pass(ms) {
      advance(ms);
    },
    failNext(fault, on) {
      const isNote = ({ method, path }: { method: string; path: string }) =>
        method === "POST" && path.endsWith("/notes");
      simulator.faults.play({ fault: FAULTS[fault], times: 1, match: on === "note" ? isNote : undefined });
    },
    calls: () => simulator.journal.entries.length,
  };
}
