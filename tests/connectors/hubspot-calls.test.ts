import { describe, expect, it } from "vitest";
import type { Values } from "../../server/domain/connector.ts";
import { hubspot } from "../../server/integrations/hubspot/index.ts";
import { createHubSpotRig } from "../support/hubspot.ts";
import { phoneQuery } from "./contract/harness.ts";

const PROPERTIES = ["firstname", "lastname", "email", "phone"];
const CONTACTS = "/crm/objects/2026-09/contacts";
const SEARCH = `POST ${CONTACTS}/search`;

describe("finding a person in HubSpot", () => {
  it("asks once for an email that is there, from the primary store and in lower case", async () => {
    const { connector, simulator, calls } = createHubSpotRig();
    simulator.setSearchLag(60_000);
    const made = await connector.createContact({ email: "ann@example.com" }, "key", PROPERTIES);
    simulator.journal.clear();
    const found = await connector.findContacts({ email: " ANN@Example.com" }, PROPERTIES);
    expect(found.map((record) => record.externalId)).toEqual([made.externalId]);
    expect(calls()).toEqual([`GET ${CONTACTS}/ann%40example.com`]);
  });

  it("takes three calls for a new person with email and phone: a keyed read, one search, the create", async () => {
    const { connector, calls } = createHubSpotRig();
    expect(await connector.findContacts({ email: "ann@example.com", phone: phoneQuery("0101") }, PROPERTIES)).toEqual(
      [],
    );
    await connector.createContact({ email: "ann@example.com", phone: "+12025550101" }, "key", PROPERTIES);
    expect(calls()).toEqual([`GET ${CONTACTS}/ann%40example.com`, SEARCH, `POST ${CONTACTS}`]);
  });

  it("takes two calls for a linked person with blanks to fill", async () => {
    const { connector, simulator, calls } = createHubSpotRig();
    const externalId = simulator.seed("contact", { email: "ann@example.com", phone: "+12025550101" });
    const ref = { object: "contact", externalId };
    await connector.getContact(ref, PROPERTIES);
    const updated = await connector.updateContact(ref, { firstname: "Ann" }, null, PROPERTIES);
    expect(calls()).toEqual([`GET ${CONTACTS}/${externalId}`, `PATCH ${CONTACTS}/${externalId}`]);
    expect(updated.values).toEqual({
      firstname: "Ann",
      lastname: null,
      email: "ann@example.com",
      phone: "+12025550101",
    });
    expect(updated).toMatchObject({ emails: ["ann@example.com"], phones: ["+12025550101"] });
  });

  it("takes three calls for a person known by phone only, with blanks to fill", async () => {
    const { connector, simulator, calls } = createHubSpotRig();
    const externalId = simulator.seed("contact", { lastname: "Lee", phone: "202 555 0101" });
    const query = { email: "ann@example.com", phone: phoneQuery("0101") };
    const [found] = await connector.findContacts(query, PROPERTIES);
    expect(found?.externalId).toBe(externalId);
    const ref = { object: "contact", externalId };
    const updated = await connector.updateContact(ref, { email: "ann@example.com" }, null, PROPERTIES);
    expect(updated).toMatchObject({ lastName: "Lee", emails: ["ann@example.com"], phones: ["202 555 0101"] });
    expect(calls()).toEqual([`GET ${CONTACTS}/ann%40example.com`, SEARCH, `PATCH ${CONTACTS}/${externalId}`]);
  });

  it("answers a second update with what the first one wrote", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann" }) };
    await connector.getContact(ref, PROPERTIES);
    await connector.updateContact(ref, { firstname: "Anna" }, null, PROPERTIES);
    const updated = await connector.updateContact(ref, { lastname: "Lee" }, null, PROPERTIES);
    expect(updated.values).toMatchObject({ firstname: "Anna", lastname: "Lee" });
  });

  it("reads the record anew for an update's answer when the last read is not from just before", async () => {
    const { connector, simulator, advance } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { email: "ann@example.com" }) };
    await connector.getContact(ref, PROPERTIES);
    advance(10_001);
    simulator.edit("contact", ref.externalId, { lastname: "Lee" });
    const updated = await connector.updateContact(ref, { firstname: "Ann" }, null, PROPERTIES);
    expect(updated.values).toMatchObject({ firstname: "Ann", lastname: "Lee" });
  });

  it("finds a contact by an address that came to it through a merge", async () => {
    const { connector, simulator, advance, calls, forget } = createHubSpotRig();
    const ann = simulator.seed("contact", { email: "ann@example.com" });
    const survivor = simulator.merge(ann, simulator.seed("contact", { email: "annie@example.com" }));
    advance(5000);
    forget();
    const [found] = await connector.findContacts({ email: "annie@example.com" }, PROPERTIES);
    expect(found).toMatchObject({ externalId: survivor, emails: ["ann@example.com", "annie@example.com"] });
    expect(calls()).toEqual([`GET ${CONTACTS}/annie%40example.com`, SEARCH]);
  });

  it("needs no search where HubSpot's keyed read knows additional addresses", async () => {
    const { connector, simulator, calls } = createHubSpotRig({ switches: { readsSecondaryEmail: true } });
    const ann = simulator.seed("contact", { email: "ann@example.com" });
    const survivor = simulator.merge(ann, simulator.seed("contact", { email: "annie@example.com" }));
    const found = await connector.findContacts({ email: "annie@example.com" }, PROPERTIES);
    expect(found.map((record) => record.externalId)).toEqual([survivor]);
    expect(calls()).toHaveLength(1);
  });

  it("drops a hit whose additional address only contains the one that was asked for", async () => {
    const { connector, simulator, advance } = createHubSpotRig();
    const mary = simulator.seed("contact", { email: "mary@example.com" });
    simulator.merge(mary, simulator.seed("contact", { email: "mary.ann@example.com" }));
    advance(5000);
    expect(await connector.findContacts({ email: "ann@example.com" }, PROPERTIES)).toEqual([]);
  });

  it("drops a hit whose number names another country, and keeps one that names none", async () => {
    const { connector, simulator } = createHubSpotRig();
    simulator.seed("contact", { lastname: "Abroad", phone: "+61 202 555 0101" });
    const near = simulator.seed("contact", { lastname: "Near", mobilephone: "(202) 555-0101 ext. 7" });
    const far = simulator.seed("contact", { lastname: "Far", phone: "+1 202 555 0101" });
    const found = await connector.findContacts({ phone: phoneQuery("0101") }, PROPERTIES);
    expect(found.map((record) => record.externalId).sort()).toEqual([near, far]);
  });

  it("reads many mapped properties in a second call rather than send a search HubSpot refuses", async () => {
    const { connector, simulator, calls } = createHubSpotRig();
    const names = Array.from({ length: 120 }, (_, i) => `custom_property_with_a_long_name_${i}`);
    for (const name of names) simulator.defineProperty({ name, label: name, type: "string", fieldType: "text" });
    simulator.seed("contact", { lastname: "Lee", phone: "+12025550101", [names[119] ?? ""]: "here" });
    const [found] = await connector.findContacts({ phone: phoneQuery("0101") }, names);
    expect(found?.values[names[119] ?? ""]).toBe("here");
    expect(calls()).toEqual([SEARCH, `POST ${CONTACTS}/batch/read`]);
  });
});

describe("reading a HubSpot contact by its link", () => {
  it("follows a merge to the new record, from both old ids", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ann = simulator.seed("contact", { email: "ann@example.com", firstname: "Ann" });
    const annie = simulator.seed("contact", { email: "annie@example.com" });
    const survivor = simulator.merge(ann, annie);
    for (const externalId of [ann, annie]) {
      expect(await connector.getContact({ object: "contact", externalId }, PROPERTIES)).toMatchObject({
        kind: "moved",
        reason: "merged",
        record: { externalId: survivor, firstName: "Ann" },
      });
    }
  });

  it.each(["", "..", "abc", "1/../2", "ann@example.com"])(
    "makes no call for the id %j, which HubSpot never gave",
    async (externalId) => {
      const { connector, calls } = createHubSpotRig();
      const ref = { object: "contact", externalId };
      expect(await connector.getContact(ref, PROPERTIES)).toEqual({ kind: "gone" });
      await expect(connector.updateContact(ref, { firstname: "Ann" }, null, PROPERTIES)).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(connector.addNote(ref, { body: "x", at: "2026-10-01T15:00:00Z" }, "key")).rejects.toMatchObject({
        code: "not_found",
      });
      await connector.deleteContact?.(ref);
      expect(calls()).toEqual([]);
    },
  );
});

describe("writing to HubSpot", () => {
  it("clears a property with null, joins several options, and spells out truth values", async () => {
    const { connector, simulator } = createHubSpotRig();
    const options = ["red", "blue"].map((value, displayOrder) => ({
      value,
      label: value,
      hidden: false,
      displayOrder,
    }));
    simulator.defineProperty({
      name: "colours",
      label: "Colours",
      type: "enumeration",
      fieldType: "checkbox",
      options,
    });
    simulator.defineProperty({ name: "vip", label: "VIP", type: "bool", fieldType: "booleancheckbox" });
    const ref = { object: "contact", externalId: simulator.seed("contact", { firstname: "Ann", company: "Acme" }) };
    const changes = { company: null, colours: ["red", "blue"], vip: true, annualrevenue: 12.5 };
    const updated = await connector.updateContact(ref, changes, null, ["company", "colours", "vip", "annualrevenue"]);
    expect(updated.values).toEqual({ company: null, colours: "red;blue", vip: "true", annualrevenue: "12.5" });
  });

  it("keeps what a person wrote between our read and our write", async () => {
    const { connector, simulator } = createHubSpotRig();
    const ref = { object: "contact", externalId: simulator.seed("contact", { email: "ann@example.com" }) };
    await connector.getContact(ref, PROPERTIES);
    simulator.beforeNextWrite(() => simulator.edit("contact", ref.externalId, { lastname: "Lee" }));
    await connector.updateContact(ref, { firstname: "Ann" }, null, PROPERTIES);
    expect(simulator.record("contact", ref.externalId)?.values).toMatchObject({ firstname: "Ann", lastname: "Lee" });
  });

  it("says by capability how long a create without email takes to be found", () => {
    expect(hubspot.capabilities.createSettlesAfterMs({ email: "ann@example.com" })).toBe(0);
    const withoutEmail: Values[] = [{ phone: "+12025550101" }, { email: null }, { email: "" }, { email: "  " }];
    for (const values of withoutEmail) {
      expect(hubspot.capabilities.createSettlesAfterMs(values)).toBe(45_000);
    }
  });
});
