import { hubspot } from "../../server/integrations/hubspot/index.ts";
import type { Fault } from "../../server/simulators/kit/faults.ts";
import { createHubSpotRig, TOKEN } from "../support/hubspot.ts";
import { describeConnector } from "./contract/describe-connector.ts";
import { type ContractFault, type Harness, type Person, valuesOf } from "./contract/harness.ts";

const JSON_TYPE = "application/json;charset=utf-8";

function refusal(status: number, body: Record<string, unknown>): Fault {
  return { kind: "status", status, contentType: JSON_TYPE, body: JSON.stringify({ status: "error", ...body }) };
}

const FAULTS: Readonly<Record<ContractFault, Fault>> = {
  unauthorized: refusal(401, { message: "Authentication credentials not found.", category: "INVALID_AUTHENTICATION" }),
  forbidden: refusal(403, {
    message: "This app hasn't been granted all required scopes to make this call.",
    category: "MISSING_SCOPES",
    errors: [{ context: { requiredGranularScopes: ["crm.objects.contacts.read"] } }],
  }),
  rate_limited: refusal(429, {
    message: "You have reached your ten_secondly_rolling limit.",
    errorType: "RATE_LIMIT",
    policyName: "TEN_SECONDLY_ROLLING",
  }),
  server_error: { kind: "status", status: 503, body: "<html><body>Service Unavailable</body></html>" },
  html: { kind: "body", body: "<html><body>Maintenance</body></html>", contentType: "text/html" },
  truncated: { kind: "body", body: '{"id":"504097748701","properties":{"em' },
  lost_answer: { kind: "status", status: 502, body: "<html>Bad Gateway</html>", after: true },
  reset: { kind: "reset" },
};

async function createHarness(): Promise<Harness> {
  const { simulator, connector, advance } = createHubSpotRig({
    switches: { mergeKeepsPrimaryId: true, searchesPerSecond: 1000 },
  });
  const properties = { firstName: "firstname", lastName: "lastname", email: "email", phone: "phone" };
  const toValues = (person: Person) => valuesOf(harness, person);
  const harness: Harness = {
    connector,
    capabilities: hubspot.capabilities,
    properties,
    secrets: [TOKEN],
    unknownId: "999999999999",
    peek: ({ object, externalId }) => {
      const values = simulator.record(object, externalId)?.values ?? {};
      return Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, value === null ? null : String(value)]),
      );
    },
    notes: ({ object, externalId }) => simulator.record(object, externalId)?.notes ?? [],
    count: () => simulator.records().filter((record) => record.state !== "archived").length,
    async seed(person, object = "contact") {
      return { object, externalId: simulator.seed(object, toValues(withName(person))) };
    },
    async edit({ object, externalId }, person) {
      simulator.edit(object, externalId, toValues(person));
    },
    async remove({ object, externalId }) {
      simulator.remove(object, externalId);
    },
    async pass(ms) {
      advance(ms);
    },
    async merge(winner, loser) {
      simulator.merge(winner.externalId, loser.externalId);
    },
    async settle() {
      advance(5000);
    },
    failNext(fault, on) {
      const isNote = (request: { method: string; path: string }) =>
        request.method === "POST" && /\/notes$/.test(request.path);
      simulator.faults.play({ fault: FAULTS[fault], times: 1, match: on === "note" ? isNote : undefined });
    },
    calls: () => simulator.journal.entries.length,
  };
  return harness;
}

/** HubSpot takes no contact without email and name. */
function withName(person: Person): Person {
  return person.email || person.firstName || person.lastName ? person : { ...person, lastName: "Nameless" };
}

describeConnector("hubspot", createHarness);
