import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { CrmRecord, Values } from "../../../server/domain/connector.ts";
import { ConnectorError } from "../../../server/domain/connector-error.ts";
import { type ContractCase, type Harness, idsOf, type Person, propertiesOf, valuesOf } from "./harness.ts";

const ann: Person = { firstName: "Ann", lastName: "Lee", email: "ann@example.com", phone: "+12025550111" };

const creates = (h: Harness) => (h.capabilities.creates === null ? "this CRM never creates" : null);

function createsFromEmailAlone(h: Harness): string | null {
  const more = h.capabilities.requiredToCreate.filter((property) => property !== h.properties.email);
  return creates(h) ?? (more.length === 0 ? null : `this CRM also needs ${more.join(" and ")}`);
}

function settlesAtOnce(h: Harness): string | null {
  const ms = h.capabilities.createSettlesAfterMs(valuesOf(h, ann));
  return creates(h) ?? (ms === 0 ? null : `a create settles after ${ms} ms here; the engine looks it up first`);
}

/** Creates, and takes a `duplicate` that names the record for an answer, as the engine does. */
async function idAfterCreate(h: Harness, values: Values, key: string): Promise<string | undefined> {
  try {
    return (await h.connector.createContact(values, key, propertiesOf(h))).externalId;
  } catch (error) {
    if (error instanceof ConnectorError && error.code === "duplicate") return error.existingId;
    throw error;
  }
}

/** What the connector says about a record, next to what the CRM holds. */
function expectAsHeld(h: Harness, record: CrmRecord) {
  const held = h.peek(record) ?? {};
  for (const property of propertiesOf(h)) expect(record.values[property]).toEqual(held[property] ?? null);
}

export const writeCases: readonly ContractCase[] = [
  {
    name: "deletes a record for good, and takes one that is gone for deleted",
    async run(h) {
      const [ref, other] = [
        await h.seed(ann),
        await h.seed({ ...ann, email: "ben@example.com", phone: "+12025550112" }),
      ];
      await h.connector.deleteContact(ref);
      expect(h.count()).toBe(1);
      expect(await h.connector.getContact(ref, propertiesOf(h))).toEqual({ kind: "gone" });
      await h.connector.deleteContact(ref);
      await h.connector.deleteContact({ ...ref, externalId: h.unknownId });
      expect(await h.connector.getContact(other, propertiesOf(h))).toMatchObject({ kind: "found" });
    },
  },
  {
    name: "creates a record and returns it as the CRM holds it",
    needs: creates,
    async run(h) {
      const made = await h.connector.createContact(valuesOf(h, ann), randomUUID(), propertiesOf(h));
      expect(made.object).toBe(h.capabilities.creates);
      expect(made).toMatchObject({ firstName: "Ann", lastName: "Lee", emails: ["ann@example.com"], state: "open" });
      expect(h.peek(made)).toMatchObject(valuesOf(h, { firstName: "Ann", lastName: "Lee", email: "ann@example.com" }));
      expectAsHeld(h, made);
      expect(h.count()).toBe(1);
    },
  },
  {
    name: "creates from an email alone",
    needs: createsFromEmailAlone,
    async run(h) {
      const values = valuesOf(h, { email: "ann@example.com" });
      const made = await h.connector.createContact(values, randomUUID(), propertiesOf(h));
      expect(h.peek(made)?.[h.properties.email]).toBe("ann@example.com");
    },
  },
  {
    name: "refuses a create that lacks what it says the CRM needs, before any call",
    needs: (h) => creates(h) ?? (h.capabilities.requiredToCreate.length > 0 ? null : "this CRM needs nothing"),
    async run(h) {
      for (const missing of h.capabilities.requiredToCreate) {
        for (const value of [undefined, null, ""]) {
          const { [missing]: _, ...rest } = valuesOf(h, ann);
          const values = value === undefined ? rest : { ...rest, [missing]: value };
          const before = h.calls();
          const create = h.connector.createContact(values, randomUUID(), propertiesOf(h));
          await expect(create).rejects.toMatchObject({ code: "invalid_field", properties: [missing], outcome: "none" });
          expect(h.calls()).toBe(before);
        }
      }
    },
  },
  {
    name: "keeps quotes, ampersands, angle brackets and other scripts in names",
    needs: creates,
    async run(h) {
      const odd = { firstName: `Zoë "Zed" & <i>`, lastName: "O'Brien-佐藤 100%", email: "o'b+chat@example.com" };
      const made = await h.connector.createContact(valuesOf(h, odd), randomUUID(), propertiesOf(h));
      expect(h.peek(made)).toMatchObject(valuesOf(h, odd));
      expect(made.values).toMatchObject(valuesOf(h, odd));
    },
  },
  {
    name: "finds what it has just created by email, once search has caught up",
    needs: creates,
    async run(h) {
      const made = await h.connector.createContact(valuesOf(h, ann), randomUUID(), propertiesOf(h));
      await h.settle?.();
      expect(idsOf(await h.connector.findContacts({ email: ann.email }, propertiesOf(h)))).toEqual([made.externalId]);
    },
  },
  {
    name: "makes one record when a create is asked twice with one key",
    needs: settlesAtOnce,
    async run(h) {
      const key = randomUUID();
      const first = await h.connector.createContact(valuesOf(h, ann), key, propertiesOf(h));
      expect(await idAfterCreate(h, valuesOf(h, ann), key)).toBe(first.externalId);
      expect(h.count()).toBe(1);
    },
  },
  {
    name: "makes one record when a create is asked again after a lost answer",
    needs: settlesAtOnce,
    async run(h) {
      const key = randomUUID();
      h.failNext("lost_answer");
      const lost = h.connector.createContact(valuesOf(h, ann), key, propertiesOf(h));
      await expect(lost).rejects.toMatchObject({ code: "unavailable", outcome: "unknown" });
      expect(h.count()).toBe(1);
      const id = await idAfterCreate(h, valuesOf(h, ann), key);
      expect(h.count()).toBe(1);
      const [record] = await h.connector.findContacts({ email: ann.email }, propertiesOf(h));
      expect(id).toBe(record?.externalId);
    },
  },
  {
    name: "makes one record when the same create runs twice at once",
    needs: settlesAtOnce,
    async run(h) {
      const key = randomUUID();
      const ids = await Promise.all([idAfterCreate(h, valuesOf(h, ann), key), idAfterCreate(h, valuesOf(h, ann), key)]);
      expect(ids[0]).toBe(ids[1]);
      expect(h.count()).toBe(1);
    },
  },
  {
    name: "finds a create whose answer was lost, once it has settled",
    needs: creates,
    async run(h) {
      h.failNext("lost_answer");
      const lost = h.connector.createContact(valuesOf(h, ann), randomUUID(), propertiesOf(h));
      await expect(lost).rejects.toMatchObject({ outcome: "unknown" });
      await h.settle?.();
      const found = await h.connector.findContacts({ email: ann.email }, propertiesOf(h));
      expect(found).toHaveLength(1);
      expect(h.peek(found[0] ?? { object: "", externalId: "" })).toMatchObject(valuesOf(h, { email: ann.email }));
    },
  },
  {
    name: "meets an email that exists: refuses by the name of the record, or shows both",
    needs: creates,
    async run(h) {
      const there = await h.seed({ firstName: "Anna", email: "ann@example.com" });
      const again = valuesOf(h, { firstName: "Ann", lastName: "Lee", email: "ann@example.com" });
      const id = await idAfterCreate(h, again, randomUUID());
      await h.settle?.();
      const found = await h.connector.findContacts({ email: "ann@example.com" }, propertiesOf(h));
      expect(idsOf(found)).toEqual([...new Set([there.externalId, id])].sort());
      expect(h.count()).toBe(found.length);
      expect(h.peek(there)?.[h.properties.firstName]).toBe("Anna");
    },
  },
  {
    name: "updates only the properties it is given",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const before = h.peek(ref);
      const read = await h.connector.getContact(ref, propertiesOf(h));
      const version = read.kind === "gone" ? null : read.record.version;
      await h.connector.updateContact(ref, valuesOf(h, { lastName: "Lee" }), version, propertiesOf(h));
      expect(h.peek(ref)).toMatchObject({ ...before, [h.properties.lastName]: "Lee" });
    },
  },
  {
    name: "returns an updated record as it is now, a person's change included",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      await h.edit(ref, { firstName: "Anna" });
      const updated = await h.connector.updateContact(ref, valuesOf(h, { lastName: "Lee" }), null, propertiesOf(h));
      expect(updated).toMatchObject({ ...ref, firstName: "Anna", lastName: "Lee" });
      expectAsHeld(h, updated);
    },
  },
  {
    name: "reports an update of a removed record as not_found and creates nothing",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      await h.remove(ref);
      const update = h.connector.updateContact(ref, valuesOf(h, { lastName: "Lee" }), null, propertiesOf(h));
      await expect(update).rejects.toMatchObject({ code: "not_found" });
      expect(h.count()).toBe(0);
    },
  },
];
