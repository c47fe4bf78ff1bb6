import { expect } from "vitest";
import { type ContractCase, idsOf, phoneQuery, propertiesOf } from "./harness.ts";

export const identityCases: readonly ContractCase[] = [
  {
    name: "finds a record by its email, whatever the case",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "Ann.Lee@Example.com" });
      await h.seed({ firstName: "Bob", email: "bob@example.com" });
      const found = await h.connector.findContacts({ email: "aNN.lee@example.COM" }, propertiesOf(h));
      expect(idsOf(found)).toEqual([ref.externalId]);
      expect(found[0]).toMatchObject({ object: ref.object, firstName: "Ann", state: "open" });
      expect(found[0]?.emails.map((email) => email.toLowerCase())).toContain("ann.lee@example.com");
    },
  },
  {
    name: "does not take an email for another that contains it",
    async run(h) {
      await h.seed({ email: "joann@example.com" });
      await h.seed({ email: "ann@example.com.test" });
      expect(await h.connector.findContacts({ email: "ann@example.com" }, propertiesOf(h))).toEqual([]);
    },
  },
  {
    name: "returns every record that shares a phone",
    async run(h) {
      const one = await h.seed({ firstName: "Ann", email: "ann@example.com", phone: "+12025550101" });
      const two = await h.seed({ firstName: "Bob", email: "bob@example.com", phone: "+12025550101" });
      const found = await h.connector.findContacts({ phone: phoneQuery("0101") }, propertiesOf(h));
      expect(idsOf(found)).toEqual(idsOf([one, two]));
    },
  },
  {
    name: "finds a phone that was stored in another format",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", phone: "(202) 555-0102" });
      const found = await h.connector.findContacts({ phone: phoneQuery("0102") }, propertiesOf(h));
      expect(idsOf(found)).toEqual([ref.externalId]);
      expect(found[0]?.phones).toHaveLength(1);
    },
  },
  {
    name: "answers an email and a phone with the records of both",
    async run(h) {
      const byEmail = await h.seed({ email: "ann@example.com" });
      const byPhone = await h.seed({ email: "bob@example.com", phone: "+12025550103" });
      const query = { email: "ann@example.com", phone: phoneQuery("0103") };
      const found = await h.connector.findContacts(query, propertiesOf(h));
      expect(idsOf(found)).toEqual(idsOf([byEmail, byPhone]));
    },
  },
  {
    name: "names a record once when email and phone both lead to it",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com", phone: "+12025550104" });
      const query = { email: "ann@example.com", phone: phoneQuery("0104") };
      expect(idsOf(await h.connector.findContacts(query, propertiesOf(h)))).toEqual([ref.externalId]);
    },
  },
  {
    name: "asks for both keys with no more calls than for one, where it says so",
    needs: (h) => (h.capabilities.findsBothKeysAtOnce ? null : "this CRM is asked once per key"),
    async run(h) {
      const before = h.calls();
      await h.connector.findContacts({ email: "nobody@example.com" }, propertiesOf(h));
      const forOne = h.calls() - before;
      const query = { email: "nobody@example.com", phone: phoneQuery("0105") };
      await h.connector.findContacts(query, propertiesOf(h));
      expect(h.calls() - before - forOne).toBeLessThanOrEqual(forOne);
    },
  },
  {
    name: "finds nobody for an unknown person, and for no key at all",
    async run(h) {
      await h.seed({ firstName: "Ann", email: "ann@example.com", phone: "+12025550106" });
      const query = { email: "nobody@example.com", phone: phoneQuery("0107") };
      expect(await h.connector.findContacts(query, propertiesOf(h))).toEqual([]);
      expect(await h.connector.findContacts({}, propertiesOf(h))).toEqual([]);
    },
  },
  ...["ann+chat@example.com", "o'brien@example.com", "a&b%20c@example.com", "a=b#c@example.com"].map(
    (email): ContractCase => ({
      name: `finds ${email} as it is spelt`,
      async run(h) {
        const ref = await h.seed({ email });
        await h.seed({ email: "ann@example.com" });
        expect(idsOf(await h.connector.findContacts({ email }, propertiesOf(h)))).toEqual([ref.externalId]);
      },
    }),
  ),
  {
    name: "reads a record by its id, with null for what the CRM does not hold",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const lookup = await h.connector.getContact(ref, propertiesOf(h));
      expect(lookup).toMatchObject({
        kind: "found",
        record: { ...ref, firstName: "Ann", lastName: null, emails: ["ann@example.com"], phones: [] },
      });
      expect(lookup.kind !== "gone" && lookup.record.values).toEqual({
        [h.properties.firstName]: "Ann",
        [h.properties.lastName]: null,
        [h.properties.email]: "ann@example.com",
        [h.properties.phone]: null,
      });
    },
  },
  {
    name: "reads a record with one call",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      const before = h.calls();
      await h.connector.getContact(ref, propertiesOf(h));
      expect(h.calls() - before).toBe(1);
    },
  },
  {
    name: "sees at once what a person changed in the CRM",
    async run(h) {
      const ref = await h.seed({ firstName: "Ann" });
      await h.edit(ref, { firstName: "Anna" });
      expect(await h.connector.getContact(ref, propertiesOf(h))).toMatchObject({ record: { firstName: "Anna" } });
    },
  },
  {
    name: "reports an id that was never given as gone",
    async run(h) {
      const ref = { object: h.capabilities.objects[0] ?? "", externalId: h.unknownId };
      expect(await h.connector.getContact(ref, propertiesOf(h))).toEqual({ kind: "gone" });
    },
  },
  {
    name: "reports a removed record as gone and no longer finds it",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      await h.remove(ref);
      expect(await h.connector.getContact(ref, propertiesOf(h))).toEqual({ kind: "gone" });
      expect(await h.connector.findContacts({ email: "ann@example.com" }, propertiesOf(h))).toEqual([]);
    },
  },
  {
    name: "follows a merged record to the one that remains",
    needs: (h) => (h.merge ? null : "this CRM keeps no trace of a merge"),
    async run(h) {
      const winner = await h.seed({ firstName: "Ann", email: "ann@example.com" });
      const loser = await h.seed({ firstName: "Annie", email: "annie@example.com" });
      await h.merge?.(winner, loser);
      expect(await h.connector.getContact(loser, propertiesOf(h))).toMatchObject({
        kind: "moved",
        reason: "merged",
        record: { externalId: winner.externalId, firstName: "Ann" },
      });
    },
  },
  {
    name: "links to a record without a call",
    async run(h) {
      const ref = await h.seed({ email: "ann@example.com" });
      const before = h.calls();
      const url = h.connector.recordUrl(ref);
      expect(url === null || new URL(url).href.includes(ref.externalId)).toBe(true);
      expect(h.calls()).toBe(before);
    },
  },
];
