import { expect } from "vitest";
import type { ConnectorBatch, RecordRef } from "../../../server/domain/connector.ts";
import { type ContractCase, type Harness, type Person, propertiesOf, valuesOf } from "./harness.ts";

const takesMany = (h: Harness) => (h.connector.batch ? null : "this CRM takes one record per call");

const ann: Person = { firstName: "Ann", lastName: "Lee", email: "ann@example.com", phone: "+12025550111" };
const bob: Person = { firstName: "Bob", email: "bob@example.com" };

const FAULTS = [
  ["rate_limited", "rate_limited"],
  ["server_error", "unavailable"],
  ["lost_answer", "unavailable"],
  ["truncated", "bad_response"],
] as const;

function batchOf({ connector }: Harness): ConnectorBatch {
  if (!connector.batch) throw new Error("This case is for CRMs with batches.");
  return connector.batch;
}

const read = (h: Harness, refs: readonly RecordRef[]) =>
  batchOf(h).getContacts(
    refs.map((ref) => ({ ref })),
    propertiesOf(h),
  );

export const batchCases: readonly ContractCase[] = [
  {
    name: "reads many by address and by email in few calls, each answer in its question's place",
    needs: takesMany,
    async run(h) {
      const [ofAnn, ofBob] = [await h.seed(ann), await h.seed(bob)];
      const before = h.calls();
      const keys = [{ email: "BOB@example.com" }, { ref: ofAnn }, { email: "nobody@example.com" }];
      const [byEmail, byRef, nobody] = await batchOf(h).getContacts(keys, propertiesOf(h));
      expect(h.calls() - before).toBeLessThanOrEqual(2);
      expect(byEmail).toMatchObject({ ...ofBob, values: { [h.properties.firstName]: "Bob" } });
      expect(byRef).toMatchObject(ofAnn);
      expect(nobody).toBeNull();
    },
  },
  {
    name: "reads in a batch what it reads one by one",
    needs: takesMany,
    async run(h) {
      const ref = await h.seed(ann);
      const alone = await h.connector.getContact(ref, propertiesOf(h));
      const [together] = await read(h, [ref]);
      expect({ kind: "found", record: together }).toEqual(alone);
    },
  },
  {
    name: "answers null for a record that is not there, was removed or has moved, and the others all the same",
    needs: takesMany,
    async run(h) {
      const [kept, removed, winner, loser] = [
        await h.seed(ann),
        await h.seed(bob),
        await h.seed({ email: "cy@example.com" }),
        await h.seed({ email: "di@example.com" }),
      ];
      await h.remove(removed);
      await h.merge?.(winner, loser);
      const unknown = { ...kept, externalId: h.unknownId };
      const found = await read(h, [unknown, kept, removed, ...(h.merge ? [loser] : [])]);
      expect(found.map((record) => record?.externalId ?? null)).toEqual([
        null,
        kept.externalId,
        null,
        ...(h.merge ? [null] : []),
      ]);
    },
  },
  {
    name: "updates many in one call: only the named properties, and each as the CRM now has it",
    needs: takesMany,
    async run(h) {
      const ofAnn = await h.seed(ann);
      const refs = [ofAnn, await h.seed(bob)];
      await read(h, refs);
      const before = h.calls();
      const changes = valuesOf(h, { lastName: "Ray" });
      const written = await batchOf(h).updateContacts(
        refs.map((ref) => ({ ref, changes })),
        propertiesOf(h),
      );
      expect(h.calls() - before).toBe(1);
      for (const [at, ref] of refs.entries()) {
        for (const property of propertiesOf(h)) {
          expect(written[at]?.values[property], property).toEqual(h.peek(ref)?.[property] ?? null);
        }
      }
      expect(h.peek(ofAnn)).toMatchObject(valuesOf(h, { ...ann, lastName: "Ray" }));
    },
  },
  {
    name: "tells every value of an updated record that was not read before",
    needs: takesMany,
    async run(h) {
      const ref = await h.seed(ann);
      const update = { ref, changes: valuesOf(h, { lastName: "Ray" }) };
      const [written] = await batchOf(h).updateContacts([update], propertiesOf(h));
      expect(written?.values).toEqual(valuesOf(h, { ...ann, lastName: "Ray" }));
    },
  },
  {
    name: "updates the others when one of a batch is gone or refused, and answers null for that one",
    needs: takesMany,
    async run(h) {
      const [kept, removed] = [await h.seed(ann), await h.seed(bob)];
      await h.remove(removed);
      const changes = valuesOf(h, { lastName: "Ray" });
      const unknown = { ...kept, externalId: h.unknownId };
      const updates = [removed, unknown, kept].map((ref) => ({ ref, changes }));
      const written = await batchOf(h).updateContacts(updates, propertiesOf(h));
      expect(written.map((record) => record?.externalId ?? null)).toEqual([null, null, kept.externalId]);
      expect(h.peek(kept)?.[h.properties.lastName]).toBe("Ray");
    },
  },
  ...FAULTS.map(
    ([fault, code]): ContractCase => ({
      name: `reports ${fault} on a batch as on a single call`,
      needs: takesMany,
      async run(h) {
        const ref = await h.seed(ann);
        const update = { ref, changes: valuesOf(h, { lastName: "Ray" }) };
        h.failNext(fault);
        await expect(read(h, [ref])).rejects.toMatchObject({ code, outcome: "none" });
        h.failNext(fault);
        const outcome = fault === "rate_limited" ? "none" : "unknown";
        const write = batchOf(h).updateContacts([update], propertiesOf(h));
        await expect(write).rejects.toMatchObject({ code, outcome });
      },
    }),
  ),
];
