import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { dynamicsEnvironment } from "../support/dynamics-environment.ts";

const PROPERTIES = ["firstname", "lastname", "emailaddress1", "telephone1"];
const ann = { firstname: "Ann", lastname: "Lee", emailaddress1: "ann@example.com" };

describe("creating a lead in Dynamics 365", () => {
  it("chooses the id itself, so that a retry returns the first lead", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const key = randomUUID();
    const made = await connector.createContact(ann, key, PROPERTIES);
    expect(made).toMatchObject({ object: "lead", externalId: key });
    const again = await connector.createContact({ ...ann, firstname: "Annie" }, key, PROPERTIES);
    expect(again).toMatchObject({ externalId: key, firstName: "Ann" });
    expect(simulator.records()).toHaveLength(1);
    expect(simulator.journal.entries.map((entry) => entry.method)).toEqual(["PATCH", "PATCH", "GET"]);
  });

  it("returns the contact when the first attempt's lead was qualified meanwhile", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const key = randomUUID();
    await connector.createContact(ann, key, PROPERTIES);
    const contact = simulator.qualify(key, { createContact: true });
    expect(await connector.createContact(ann, key, PROPERTIES)).toMatchObject({
      object: "contact",
      externalId: contact,
    });
  });

  it.each([
    [ann, "Website chat: Ann Lee", "Lee"],
    [{ emailaddress1: "ann.lee@example.com" }, "Website chat: ann.lee@example.com", "ann.lee"],
    [{ telephone1: "+12025550123" }, "Website chat: +12025550123", "+12025550123"],
    [{ firstname: "Ann", emailaddress1: "ann@example.com" }, "Website chat: Ann", undefined],
    [{ subject: "From the shop", lastname: "Lee" }, "From the shop", "Lee"],
    [{ firstname: "", lastname: null, emailaddress1: "ann@example.com" }, "Website chat: ann@example.com", "ann"],
  ])("fills what the form requires: %j becomes %s", async (values, subject, lastname) => {
    const { simulator, connector } = dynamicsEnvironment();
    const { externalId } = await connector.createContact(values, randomUUID(), PROPERTIES);
    const held = simulator.record("lead", externalId)?.values;
    expect(held?.subject).toBe(subject);
    expect(held?.lastname ?? undefined).toBe(lastname);
  });

  it("never makes the topic longer than the environment allows", async () => {
    const { simulator, open } = dynamicsEnvironment();
    simulator.alterColumn("lead", "subject", 60);
    const { facts } = await open().checkConnection();
    const long = { firstname: "A".repeat(50), lastname: "B".repeat(50) };
    const { externalId } = await open({}, { ...facts }).createContact(long, randomUUID(), PROPERTIES);
    expect(simulator.record("lead", externalId)?.values.subject).toHaveLength(60);
    simulator.alterColumn("lead", "subject", 50);
    const untested = await open().createContact(long, randomUUID(), PROPERTIES);
    expect(simulator.record("lead", untested.externalId)?.values.subject).toHaveLength(50);
  });

  it.each([500, 412] as const)("reports a duplicate rule's refusal with status %i as duplicate", async (status) => {
    const { simulator, connector } = dynamicsEnvironment();
    simulator.seed("contact", { lastname: "Lee", emailaddress1: "ann@example.com" });
    Object.assign(simulator.duplicates, { on: true, status, acrossTables: true });
    const create = connector.createContact(ann, randomUUID(), PROPERTIES);
    await expect(create).rejects.toMatchObject({ code: "duplicate", outcome: "none", status });
    expect(simulator.records()).toHaveLength(1);
  });

  it("does not ask the duplicate rules when the connection says so", async () => {
    const { simulator, open } = dynamicsEnvironment();
    simulator.seed("lead", { lastname: "Lee", emailaddress1: "ann@example.com" });
    simulator.duplicates.on = true;
    await open({ duplicateDetection: "off" }).createContact(ann, randomUUID(), PROPERTIES);
    expect(simulator.records()).toHaveLength(2);
  });
});

describe("updating a record in Dynamics 365", () => {
  it("costs one call, and leaves a person's newer change alone", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "contact", externalId: simulator.seed("contact", { lastname: "Lee" }) };
    const read = await connector.getContact(ref, PROPERTIES);
    if (read.kind === "gone") throw new Error("the contact is gone");
    simulator.edit("contact", ref.externalId, { firstname: "Anna" });
    simulator.journal.clear();
    const late = connector.updateContact(ref, { firstname: "Ann" }, read.record.version, PROPERTIES);
    await expect(late).rejects.toMatchObject({ code: "version_conflict", outcome: "none" });
    expect(simulator.journal.entries).toHaveLength(1);
    expect(simulator.record("contact", ref.externalId)?.values.firstname).toBe("Anna");
  });

  it("refuses a lead that was qualified since it was read", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "lead", externalId: simulator.seed("lead", ann) };
    const [read] = await connector.findContacts({ email: ann.emailaddress1 }, PROPERTIES);
    simulator.qualify(ref.externalId, { createContact: true });
    const late = connector.updateContact(ref, { firstname: "Anna" }, read?.version ?? null, PROPERTIES);
    await expect(late).rejects.toMatchObject({ code: "version_conflict" });
  });

  it("names the column whose value is too long, and writes none of the others", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "lead", externalId: simulator.seed("lead", { lastname: "Lee" }) };
    const changes = { firstname: "Ann", mobilephone: "+1 202 555 0123 ext. 12345" };
    const update = connector.updateContact(ref, changes, null, PROPERTIES);
    await expect(update).rejects.toMatchObject({
      code: "invalid_field",
      properties: ["mobilephone"],
      message: expect.stringContaining("'20'"),
    });
    expect(simulator.record("lead", ref.externalId)?.values.firstname).toBeNull();
  });

  it("sends options, numbers and yes/no in the column's own type", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "lead", externalId: simulator.seed("lead", { lastname: "Lee" }) };
    const properties = ["leadsourcecode", "numberofemployees", "donotemail"];
    const changes = { leadsourcecode: "8", numberofemployees: "25", donotemail: "true" };
    const updated = await connector.updateContact(ref, changes, null, properties);
    expect(updated.values).toEqual({ leadsourcecode: 8, numberofemployees: 25, donotemail: true });
    const wrong = connector.updateContact(ref, { leadsourcecode: "99" }, null, properties);
    await expect(wrong).rejects.toMatchObject({ code: "invalid_field", properties: ["leadsourcecode"] });
  });
});

describe("columns that only one table has", () => {
  const properties = [...PROPERTIES, "companyname", "birthdate"];

  it("reads them as null on the other table", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    simulator.seed("contact", { ...ann, birthdate: "1990-04-01" });
    simulator.seed("lead", { ...ann, companyname: "Example Ltd" });
    const found = await connector.findContacts({ email: ann.emailaddress1 }, properties);
    expect(found.map((record) => [record.object, record.values.companyname, record.values.birthdate])).toEqual([
      ["contact", null, "1990-04-01"],
      ["lead", "Example Ltd", null],
    ]);
  });

  it("survive the way from a lead to its contact", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const lead = simulator.seed("lead", { ...ann, companyname: "Example Ltd" });
    simulator.qualify(lead, { createContact: true });
    const lookup = await connector.getContact({ object: "lead", externalId: lead }, properties);
    expect(lookup).toMatchObject({ kind: "moved", record: { values: { companyname: null, lastname: "Lee" } } });
  });

  it("are refused by name when neither table has them, also after a customer deleted one", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "contact", externalId: simulator.seed("contact", ann) };
    await expect(connector.getContact(ref, ["new_nosuch"])).rejects.toMatchObject({ properties: ["new_nosuch"] });
    expect(await connector.getContact(ref, ["new_loyaltynumber"])).toMatchObject({ kind: "found" });
    simulator.alterColumn("contact", "new_loyaltynumber", undefined);
    for (const attempt of ["from memory", "from the metadata"]) {
      await expect(connector.getContact(ref, ["new_loyaltynumber"]), attempt).rejects.toMatchObject({
        code: "invalid_field",
        properties: ["new_loyaltynumber"],
      });
    }
  });

  it("look into the metadata once for many reads", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const ref = { object: "contact", externalId: simulator.seed("contact", ann) };
    await connector.getContact(ref, properties);
    simulator.journal.clear();
    await connector.getContact(ref, properties);
    expect(simulator.journal.entries).toHaveLength(1);
  });
});
