import { randomUUID } from "node:crypto";
import type { RecordRef, Values } from "../../server/domain/connector.ts";
import { dynamics } from "../../server/integrations/dynamics/index.ts";
import type { Fault } from "../../server/simulators/kit/faults.ts";
import { dynamicsEnvironment } from "../support/dynamics-environment.ts";
import { describeConnector } from "./contract/describe-connector.ts";
import type { ContractFault, Harness, Person } from "./contract/harness.ts";

const properties = { firstName: "firstname", lastName: "lastname", email: "emailaddress1", phone: "telephone1" };

const FAULTS: Readonly<Record<ContractFault, Fault>> = {
  unauthorized: { kind: "status", status: 401 },
  forbidden: {
    kind: "status",
    status: 403,
    contentType: "application/json",
    body: JSON.stringify({
      error: { code: "0x80040220", message: "Principal user is missing prvReadLead privilege." },
    }),
  },
  rate_limited: { kind: "status", status: 429, headers: { "retry-after": "7" }, body: "<h1>Too many requests</h1>" },
  server_error: { kind: "status", status: 503, body: "<html><body>Service Unavailable</body></html>" },
  html: { kind: "body", body: "<html><body>Sign in</body></html>", contentType: "text/html" },
  truncated: { kind: "body", body: '{"value":[{"@odata.etag":"W/' },
  lost_answer: { kind: "status", status: 502, after: true },
  reset: { kind: "reset" },
};

function valuesOf(person: Person): Record<string, string> {
  const pairs = [
    [properties.firstName, person.firstName],
    [properties.lastName, person.lastName],
    [properties.email, person.email],
    [properties.phone, person.phone],
  ] as const;
  return Object.fromEntries(pairs.flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])));
}

function plainValues(values: Readonly<Record<string, unknown>>): Values {
  const plain = Object.entries(values).map(([key, value]): [string, string | number | boolean | null] => {
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return [key, isPlain ? value : null];
  });
  return Object.fromEntries(plain);
}

async function createHarness(): Promise<Harness> {
  const { simulator, connector, clientSecret, tokens } = dynamicsEnvironment();
  const held = ({ object, externalId }: RecordRef) => simulator.record(object, externalId);
  return {
    connector,
    capabilities: dynamics.capabilities,
    properties,
    get secrets() {
      return [clientSecret, ...tokens];
    },
    unknownId: randomUUID(),
    peek(ref) {
      const record = held(ref);
      return record && plainValues(record.values);
    },
    notes: (ref) => held(ref)?.notes ?? [],
    count: () => simulator.records().filter((record) => !record.state?.startsWith("merged")).length,
    seed: async (person, object = "contact") => ({ object, externalId: simulator.seed(object, valuesOf(person)) }),
    edit: async ({ object, externalId }, person) => simulator.edit(object, externalId, valuesOf(person)),
    remove: async ({ object, externalId }) => simulator.remove(object, externalId),
    merge: async (winner, loser) => simulator.merge("contact", winner.externalId, loser.externalId),
    failNext(fault, on) {
      let first: string | undefined;
      simulator.faults.play({
        fault: FAULTS[fault],
        times: fault === "unauthorized" ? 2 : 1,
        match({ path }) {
          if (on === "note" && !path.includes("/annotations")) return false;
          first ??= path;
          return path === first;
        },
      });
    },
    calls: () => simulator.journal.entries.length,
  };
}

describeConnector("dynamics", createHarness);
