import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { describeConnector } from "./contract/describe-connector.ts";
import { idsOf, phoneQuery } from "./contract/harness.ts";
import { createGhlHarness, openGhlAccount as open, refusal } from "./ghl-account.ts";

describeConnector("HighLevel", createGhlHarness);

const PROPERTIES = ["firstName", "lastName", "email", "phone"];
const ann = { firstName: "Ann", lastName: "Lee", email: "ann@example.com", phone: "+12025550101" };

const contact = (externalId: string) => ({ object: "contact", externalId });

describe("HighLevel, calls per push", () => {
  it("spends 1 call on a linked contact with nothing new, 2 with a fill", async () => {
    const { simulator, connector, newCalls } = await open();
    const ref = contact(simulator.seed("contact", { firstName: "Ann" }));
    await connector.getContact(ref, PROPERTIES);
    expect(newCalls()).toEqual([`GET /contacts/${ref.externalId}`]);
    await connector.getContact(ref, PROPERTIES);
    await connector.updateContact(ref, { lastName: "Lee" }, null, PROPERTIES);
    expect(newCalls()).toEqual([`GET /contacts/${ref.externalId}`, `PUT /contacts/${ref.externalId}`]);
  });

  it("spends 2 calls on finding, 1 on the write that follows", async () => {
    const { connector, newCalls } = await open();
    await connector.findContacts({ email: ann.email, phone: phoneQuery("0101") }, PROPERTIES);
    expect(newCalls().sort()).toEqual(["GET /contacts/search/duplicate", "POST /contacts/search"]);
    await connector.createContact(ann, randomUUID(), PROPERTIES);
    expect(newCalls()).toEqual(["POST /contacts/"]);
  });
});

describe("HighLevel, finding behind a lagging index", () => {
  it("finds a contact that the index does not show yet", async () => {
    const { connector } = await open();
    const made = await connector.createContact(ann, randomUUID(), PROPERTIES);
    expect(idsOf(await connector.findContacts({ email: "ANN@example.com" }, PROPERTIES))).toEqual([made.externalId]);
    expect(idsOf(await connector.findContacts({ phone: phoneQuery("0101") }, PROPERTIES))).toEqual([made.externalId]);
  });

  it("takes the fresh values of a contact over those in the index", async () => {
    const { simulator, connector } = await open();
    const ref = contact(simulator.seed("contact", ann));
    await connector.updateContact(ref, { firstName: "Anna" }, null, PROPERTIES);
    expect(await connector.findContacts({ email: ann.email }, PROPERTIES)).toMatchObject([{ firstName: "Anna" }]);
  });

  it.each([true, false])("finds both contacts of one email when duplicates are allowed: %s", async (allowed) => {
    const { simulator, connector } = await open({ allowDuplicateContact: allowed });
    const ids = [simulator.seed("contact", ann), simulator.seed("contact", { ...ann, firstName: "Anna" })];
    expect(idsOf(await connector.findContacts({ email: ann.email }, PROPERTIES))).toEqual(ids.sort());
  });

  it("finds by an email that is not among the location's unique identifiers, with fresh values", async () => {
    const { simulator, connector } = await open({ contactUniqueIdentifiers: ["phone"] });
    const ref = contact(simulator.seed("contact", { email: ann.email, firstName: "Ann" }));
    await connector.updateContact(ref, { firstName: "Anna" }, null, PROPERTIES);
    const found = await connector.findContacts({ email: ann.email }, PROPERTIES);
    expect(found).toMatchObject([{ ...ref, firstName: "Anna" }]);
  });

  it("spares the lookup by a key that the location does not look up", async () => {
    const facts = { allowDuplicateContact: false, contactUniqueIdentifiers: ["phone"] } as const;
    const { connector, newCalls } = await open(facts, facts);
    await connector.findContacts({ email: ann.email }, PROPERTIES);
    expect(newCalls()).toEqual(["POST /contacts/search"]);
  });

  it("does not hand out the one contact that only the index still knows", async () => {
    const { simulator, connector, url, token } = await open();
    const id = simulator.seed("contact", ann);
    const headers = { authorization: `Bearer ${token}`, version: "2021-07-28" };
    await fetch(`${url}/contacts/${id}`, { method: "DELETE", headers });
    expect(await connector.findContacts({ email: ann.email }, PROPERTIES)).toEqual([]);
  });

  it("finds an email that is too long for a search filter", async () => {
    const { simulator, connector } = await open();
    const email = `${"a".repeat(64)}@department.example.com`;
    const id = simulator.seed("contact", { email });
    expect(idsOf(await connector.findContacts({ email }, PROPERTIES))).toEqual([id]);
  });

  it("reads additional emails and phones, and the street address of a search row", async () => {
    const { simulator, connector } = await open({ contactUniqueIdentifiers: [] });
    simulator.seed("contact", { ...ann, address1: "1 Main Street", additionalEmails: ["lee@example.com"] });
    const found = await connector.findContacts({ email: ann.email }, ["address1"]);
    expect(found).toMatchObject([
      { emails: ["ann@example.com", "lee@example.com"], values: { address1: "1 Main Street" } },
    ]);
  });
});

describe("HighLevel, creating once", () => {
  it("is refused by the name of the first contact when a create is repeated after a lost answer", async () => {
    const { simulator, connector } = await open();
    const key = randomUUID();
    simulator.faults.play({ fault: { kind: "reset", after: true }, times: 1 });
    const lost = connector.createContact(ann, key, PROPERTIES);
    await expect(lost).rejects.toMatchObject({ code: "unavailable", outcome: "unknown" });
    const existingId = simulator.records()[0]?.id;
    const again = connector.createContact(ann, key, PROPERTIES);
    await expect(again).rejects.toMatchObject({ code: "duplicate", existingId, outcome: "none" });
    expect(simulator.records()).toHaveLength(1);
  });

  it("makes one contact when two creates run at once", async () => {
    const { simulator, connector } = await open();
    const creates = ["k1", "k2"].map((key) => connector.createContact(ann, key, PROPERTIES));
    const outcomes = await Promise.allSettled(creates);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(simulator.records()).toHaveLength(1);
  });

  it("takes a refused create for one that may have worked", async () => {
    const { simulator, connector } = await open();
    simulator.faults.play({ fault: { ...refusal(422, "Unprocessable Entity"), after: true }, times: 1 });
    const create = connector.createContact(ann, randomUUID(), PROPERTIES);
    await expect(create).rejects.toMatchObject({ code: "invalid_field", outcome: "unknown" });
    expect(simulator.records()).toHaveLength(1);
  });
});
