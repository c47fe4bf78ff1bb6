import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ConnectorErrorCode } from "../../server/domain/connector-error.ts";
import { memory } from "../../server/integrations/memory/index.ts";
import {
  changeRecord,
  failNext,
  forgetMemoryStore,
  insertRecord,
  livingRecord,
  livingRecords,
  memoryStore,
  mergeRecords,
} from "../../server/integrations/memory/store.ts";
import { describeConnector } from "./contract/describe-connector.ts";
import type { ContractFault, Harness } from "./contract/harness.ts";

const NOW = Date.parse("2026-03-01T10:00:00Z");
const AT = new Date(NOW).toISOString();

const CODES: Readonly<Record<ContractFault, ConnectorErrorCode>> = {
  unauthorized: "auth_expired",
  forbidden: "forbidden",
  rate_limited: "rate_limited",
  server_error: "unavailable",
  html: "bad_response",
  truncated: "bad_response",
  lost_answer: "unavailable",
  reset: "unavailable",
};

function connectorFor(storeId: string) {
  return memory.createConnector({ settings: { storeId }, credentials: {}, facts: {}, now: () => NOW, http: {} });
}

async function createHarness(): Promise<Harness> {
  const storeId = randomUUID();
  const store = memoryStore(storeId);
  onTestFinished(() => forgetMemoryStore(storeId));
  return {
    connector: connectorFor(storeId),
    capabilities: memory.capabilities,
    properties: { firstName: "firstName", lastName: "lastName", email: "email", phone: "phone" },
    secrets: [],
    unknownId: "m999",
    peek: (ref) => livingRecord(store, ref.externalId)?.values,
    notes: (ref) => store.notes.filter((note) => note.recordId === ref.externalId).map((note) => note.body),
    count: () => livingRecords(store).length,
    async seed(person) {
      return { object: "contact", externalId: insertRecord(store, { ...person }, null, AT).id };
    },
    async edit(ref, person) {
      const record = store.records.get(ref.externalId);
      if (record) changeRecord(record, { ...person }, AT);
    },
    async remove(ref) {
      const record = store.records.get(ref.externalId);
      if (record) record.removed = true;
    },
    async merge(winner, loser) {
      mergeRecords(store, winner, loser);
    },
    failNext(fault, on) {
      failNext(store, {
        code: CODES[fault],
        when: fault === "lost_answer" ? "after" : "before",
        verb: on === "note" ? "addNote" : undefined,
        retryAfterMs: fault === "rate_limited" ? 1000 : undefined,
      });
    },
    calls: () => store.calls.length,
  };
}

describeConnector("memory", createHarness);

describe("the connector contract suite", () => {
  it("refuses a skip that names no case", () => {
    const skips = { "finds a record by its emial": "a slip of the pen" };
    expect(() => describeConnector("misspelt", createHarness, { skips })).toThrow("finds a record by its emial");
  });
});

describe("memory", () => {
  it("shares the records of one store between connectors, and nothing between stores", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const made = await connectorFor(one).createContact({ email: "ann@example.com" }, randomUUID(), ["email"]);
    expect(await connectorFor(one).getContact(made, [])).toMatchObject({ kind: "found" });
    expect(await connectorFor(other).getContact(made, [])).toEqual({ kind: "gone" });
    forgetMemoryStore(one);
    forgetMemoryStore(other);
  });
});
