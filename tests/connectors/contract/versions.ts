import { expect } from "vitest";
import type { CrmRecord, RecordRef } from "../../../server/domain/connector.ts";
import { type ContractCase, type Harness, propertiesOf, valuesOf } from "./harness.ts";

const conditional = (h: Harness) => (h.capabilities.conditionalWrites ? null : "this CRM has no conditional writes");

async function read(h: Harness, ref: RecordRef): Promise<CrmRecord> {
  const lookup = await h.connector.getContact(ref, propertiesOf(h));
  if (lookup.kind === "gone") throw new Error("the record is gone");
  return lookup.record;
}

export const versionCases: readonly ContractCase[] = [
  {
    name: "refuses to write over a version it did not read",
    needs: conditional,
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const { version } = await read(h, ref);
      await h.edit(ref, { firstName: "Anna" });
      const late = h.connector.updateContact(ref, valuesOf(h, { firstName: "Annie" }), version, propertiesOf(h));
      await expect(late).rejects.toMatchObject({ code: "version_conflict", outcome: "none" });
      expect(h.peek(ref)?.[h.properties.firstName]).toBe("Anna");
    },
  },
  {
    name: "lets one of two writers with the same version win",
    needs: conditional,
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const { version } = await read(h, ref);
      const outcomes = await Promise.allSettled(
        ["Anna", "Annie"].map((firstName) =>
          h.connector.updateContact(ref, valuesOf(h, { firstName }), version, propertiesOf(h)),
        ),
      );
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    },
  },
  {
    name: "hands out the version of every answer, good for the next write",
    needs: conditional,
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const [found] = await h.connector.findContacts({ email: "ann@example.com" }, propertiesOf(h));
      const first = valuesOf(h, { firstName: "Anna" });
      const written = await h.connector.updateContact(ref, first, found?.version ?? null, propertiesOf(h));
      expect(written.version).not.toBe(found?.version);
      const second = valuesOf(h, { firstName: "Annie" });
      await h.connector.updateContact(ref, second, written.version, propertiesOf(h));
      expect(h.peek(ref)?.[h.properties.firstName]).toBe("Annie");
    },
  },
  {
    name: "keeps a version while nothing changes",
    needs: conditional,
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const before = (await read(h, ref)).version;
      expect((await read(h, ref)).version).toBe(before);
      expect(before).not.toBeNull();
    },
  },
  {
    name: "hands out no version it would not honour",
    needs: (h) => (h.capabilities.conditionalWrites ? "this CRM has conditional writes" : null),
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      expect((await read(h, ref)).version).toBeNull();
    },
  },
];
