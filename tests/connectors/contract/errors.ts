import { expect } from "vitest";
import type { RecordRef } from "../../../server/domain/connector.ts";
import { ConnectorError, type ConnectorErrorCode } from "../../../server/domain/connector-error.ts";
import { type ContractCase, type ContractFault, type Harness, propertiesOf, valuesOf } from "./harness.ts";

const FAULTS: readonly [ContractFault, ConnectorErrorCode, outcomeOfWrite: ConnectorError["outcome"]][] = [
  ["unauthorized", "auth_expired", "none"],
  ["forbidden", "forbidden", "none"],
  ["rate_limited", "rate_limited", "none"],
  ["server_error", "unavailable", "unknown"],
  ["html", "bad_response", "unknown"],
  ["truncated", "bad_response", "unknown"],
  ["lost_answer", "unavailable", "unknown"],
  ["reset", "unavailable", "unknown"],
];

/** The error of an operation; fails when there is none, or when it is not ours. */
async function failureOf(operation: Promise<unknown>): Promise<ConnectorError> {
  const error = await operation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ConnectorError) return error;
  throw new Error("expected a ConnectorError", { cause: error });
}

function expectFitForPeople(h: Harness, error: ConnectorError) {
  expect(error.message).toMatch(/\S.{8}/);
  expect(error.message).not.toMatch(/<\/?[a-z]+>|\[object|undefined/i);
  const told = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
  for (const secret of h.secrets) expect(told).not.toContain(secret);
}

const read = (h: Harness, ref: RecordRef) => h.connector.getContact(ref, propertiesOf(h));
const write = (h: Harness, ref: RecordRef) =>
  h.connector.updateContact(ref, valuesOf(h, { firstName: "Annie" }), null, propertiesOf(h));

export const errorCases: readonly ContractCase[] = [
  ...FAULTS.flatMap(([fault, code, outcomeOfWrite]): ContractCase[] => [
    {
      name: `reports ${fault} on a read as ${code}, and works again afterwards`,
      async run(h) {
        const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
        h.failNext(fault);
        const error = await failureOf(read(h, ref));
        expect(error).toMatchObject({ code, outcome: "none" });
        expectFitForPeople(h, error);
        expect(await read(h, ref)).toMatchObject({ kind: "found" });
      },
    },
    {
      name: `reports ${fault} on a search as ${code}`,
      async run(h) {
        h.failNext(fault);
        const search = h.connector.findContacts({ email: "ann@example.com" }, propertiesOf(h));
        expect(await failureOf(search)).toMatchObject({ code, outcome: "none" });
      },
    },
    {
      name: `reports ${fault} on a write as ${code}, outcome ${outcomeOfWrite}`,
      async run(h) {
        const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
        h.failNext(fault);
        const error = await failureOf(write(h, ref));
        expect(error).toMatchObject({ code, outcome: outcomeOfWrite });
        expectFitForPeople(h, error);
        if (outcomeOfWrite === "none") expect(h.peek(ref)?.[h.properties.firstName]).toBe("Ann");
        if (fault === "lost_answer") expect(h.peek(ref)?.[h.properties.firstName]).toBe("Annie");
      },
    },
  ]),
  {
    name: "says how long to wait when the rate limit is hit",
    async run(h) {
      h.failNext("rate_limited");
      const error = await failureOf(read(h, await h.seed({ email: "ann@example.com" })));
      expect(error.retryAfterMs).toBeGreaterThan(0);
    },
  },
  {
    name: "refuses a property the CRM does not have as invalid_field, and writes nothing",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const changes = { ...valuesOf(h, { firstName: "Annie" }), no_such_property_of_ours: "x" };
      const error = await failureOf(h.connector.updateContact(ref, changes, null, propertiesOf(h)));
      expect(error).toMatchObject({ code: "invalid_field", outcome: "none" });
      expect(h.peek(ref)?.[h.properties.firstName]).toBe("Ann");
    },
  },
  ...(["unauthorized", "forbidden", "reset"] as const).map(
    (fault): ContractCase => ({
      name: `tells ${fault} in the connection test`,
      async run(h) {
        h.failNext(fault);
        const error = await failureOf(h.connector.checkConnection());
        expect(error.code).toBe({ unauthorized: "auth_expired", forbidden: "forbidden", reset: "unavailable" }[fault]);
        expectFitForPeople(h, error);
      },
    }),
  ),
];
