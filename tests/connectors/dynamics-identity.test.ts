import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PhoneQuery } from "../../server/domain/connector.ts";
import {
  digitsPattern,
  literal,
  personFilter,
  phoneCandidates,
} from "../../server/integrations/dynamics/person-filter.ts";
import { matchesFilter } from "../../server/simulators/dynamics/filter-match.ts";
import { parseFilter } from "../../server/simulators/dynamics/filter-parser.ts";
import { dynamicsEnvironment } from "../support/dynamics-environment.ts";

const PROPERTIES = ["firstname", "lastname", "emailaddress1", "telephone1"];
const PHONE: PhoneQuery = {
  e164: "+12025550123",
  national: "2025550123",
  spellings: ["(202) 555-0123", "+1 202 555 0123", "202-555-0123"],
};

const idsOf = (records: readonly { externalId: string }[]) => records.map((record) => record.externalId).sort();

describe("finding people in Dynamics 365", () => {
  it.each([
    "o'bryan@example.com",
    "a+b&c@example.com",
    "100%@example.com",
    "ann_lee@example.com",
    "a[b]#c@example.com",
  ])("takes %s for exactly what it says", async (email) => {
    const { simulator, connector } = dynamicsEnvironment();
    const id = simulator.seed("contact", { lastname: "Lee", emailaddress1: email });
    simulator.seed("contact", { lastname: "Other", emailaddress1: email.replace(/[^\w.@]|_/g, "x") });
    simulator.seed("lead", { lastname: "Other", emailaddress1: `x${email}` });
    expect(idsOf(await connector.findContacts({ email }, PROPERTIES))).toEqual([id]);
  });

  it.each([
    ["telephone1", "+12025550123"],
    ["mobilephone", "(202) 555-0123"],
    ["telephone2", "202.555.0123"],
    ["telephone3", "001 202 555 01 23"],
    ["business2", "+1 (202) 555 - 0123"],
    ["home2", "1-202-555-0123 ext. 7"],
  ])("finds a contact by %s, written %s", async (column, written) => {
    const { simulator, connector } = dynamicsEnvironment();
    const id = simulator.seed("contact", { lastname: "Lee", [column]: written });
    simulator.seed("contact", { lastname: "Cho", [column]: "+1 202 555 0199" });
    const found = await connector.findContacts({ phone: PHONE }, PROPERTIES);
    expect(found).toMatchObject([{ externalId: id, phones: [written] }]);
  });

  it("looks at all three emails of contacts and leads, with one query each", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const contact = simulator.seed("contact", { lastname: "Lee", emailaddress3: "ann@example.com" });
    const lead = simulator.seed("lead", { lastname: "Lee", emailaddress2: "ANN@example.com" });
    const byPhone = simulator.seed("lead", { lastname: "Cho", mobilephone: "202 555 0123" });
    const found = await connector.findContacts({ email: "ann@example.com", phone: PHONE }, PROPERTIES);
    expect(idsOf(found)).toEqual([contact, lead, byPhone].sort());
    expect(simulator.journal.entries).toHaveLength(2);
  });

  it("leaves out an inactive contact and a merged record, and shows a disqualified lead as closed", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const email = "ann@example.com";
    simulator.seed("contact", { lastname: "Inactive", emailaddress2: email, statecode: 1 });
    const winner = simulator.seed("lead", { lastname: "Winner", emailaddress1: "lee@example.com" });
    simulator.merge("lead", winner, simulator.seed("lead", { lastname: "Loser", emailaddress1: email }));
    const lost = simulator.seed("lead", { lastname: "Lost", emailaddress1: email });
    simulator.disqualify(lost);
    expect(await connector.findContacts({ email }, PROPERTIES)).toMatchObject([{ externalId: lost, state: "closed" }]);
  });

  it("shows a qualified lead as superseded while only the lead has the key", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const lead = simulator.seed("lead", { lastname: "Lee", emailaddress1: "ann@example.com" });
    const contact = simulator.qualify(lead, { createContact: true }) ?? "";
    simulator.edit("contact", contact, { emailaddress1: "ann.lee@example.com", telephone1: "+12025550123" });
    const byEmail = await connector.findContacts({ email: "ann@example.com" }, PROPERTIES);
    expect(byEmail).toMatchObject([{ object: "lead", externalId: lead, state: "superseded" }]);
    const byBoth = await connector.findContacts({ email: "ann@example.com", phone: PHONE }, PROPERTIES);
    expect(idsOf(byBoth)).toEqual([contact, lead].sort());
  });

  it("names a qualified lead's contact alone where it has the same key", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const chosen = simulator.seed("contact", { lastname: "Lee", emailaddress2: "Ann@example.com" });
    const lead = simulator.seed("lead", { lastname: "Lee", emailaddress1: "ann@example.com" });
    simulator.qualify(lead, { createContact: false, existingContactId: chosen });
    const found = await connector.findContacts({ email: "ann@example.com", phone: PHONE }, PROPERTIES);
    expect(found).toMatchObject([{ object: "contact", externalId: chosen, state: "open" }]);
    expect(simulator.journal.entries).toHaveLength(2);
  });

  it("keeps the address of a query short, however many spellings there are", async () => {
    const spellings = Array.from({ length: 60 }, (_, index) => `+1 202 555 0123 spelling ${index}`);
    const filter = personFilter({ email: `${"e".repeat(240)}@example.com`, phone: { ...PHONE, spellings } }, "contact");
    expect(filter?.length).toBeLessThan(6000);
  });
});

describe("a text in a filter", () => {
  it("is compared as it is, whatever it contains", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const filter = decodeURIComponent(encodeURIComponent(`lastname eq ${literal(text)}`));
        return matchesFilter(parseFilter(filter), { lastname: text });
      }),
      { seed: 365 },
    );
  });
});

describe("the phone part of a query", () => {
  it("asks for E.164, bare digits, the national number and every spelling, each once", () => {
    expect(phoneCandidates(PHONE)).toEqual([
      "+12025550123",
      "12025550123",
      "2025550123",
      "(202) 555-0123",
      "+1 202 555 0123",
      "202-555-0123",
      "0012025550123",
      "tel:+12025550123",
    ]);
  });

  it.each([
    ["2025550123", "0%2%5%5%5%0%1%2%3"],
    ["61255501", "6%1%2%5%5%5%0%1"],
    ["555012", undefined],
  ])("searches %s by its last digits", (national, pattern) => {
    expect(digitsPattern({ ...PHONE, national })).toBe(pattern);
  });
});

describe("following a stored link in Dynamics 365", () => {
  it.each([
    ["a contact made of it", (existing: string | undefined) => ({ createContact: true, existing })],
    ["a contact chosen for it", (existing: string | undefined) => ({ createContact: false, existing })],
  ])("moves from a qualified lead to %s", async (name, optionsFor) => {
    const { simulator, connector } = dynamicsEnvironment();
    const lead = simulator.seed("lead", { lastname: "Lee", emailaddress1: "ann@example.com" });
    const chosen = name.includes("chosen") ? simulator.seed("contact", { lastname: "Lee" }) : undefined;
    const { createContact, existing } = optionsFor(chosen);
    const contact = simulator.qualify(lead, { createContact, existingContactId: existing });
    const lookup = await connector.getContact({ object: "lead", externalId: lead }, PROPERTIES);
    expect(lookup).toMatchObject({
      kind: "moved",
      reason: "qualified",
      record: { object: "contact", externalId: contact, state: "open" },
    });
  });

  it("goes on to the contact's master when that contact was merged too", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const lead = simulator.seed("lead", { lastname: "Lee" });
    const contact = simulator.qualify(lead, { createContact: true }) ?? "";
    const master = simulator.seed("contact", { lastname: "Lee" });
    simulator.merge("contact", master, contact);
    const lookup = await connector.getContact({ object: "lead", externalId: lead }, PROPERTIES);
    expect(lookup).toMatchObject({ kind: "moved", reason: "qualified", record: { externalId: master } });
  });

  it("follows a chain of merges, and ends in a loop of them", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const [a = "", b = "", c = ""] = ["A", "B", "C"].map((lastname) => simulator.seed("contact", { lastname }));
    simulator.merge("contact", b, a);
    simulator.merge("contact", c, b);
    const ref = { object: "contact", externalId: a };
    expect(await connector.getContact(ref, PROPERTIES)).toMatchObject({ reason: "merged", record: { externalId: c } });
    simulator.merge("contact", a, c);
    simulator.journal.clear();
    expect(await connector.getContact(ref, PROPERTIES)).toMatchObject({ kind: "moved", record: { state: "closed" } });
    expect(simulator.journal.entries).toHaveLength(6);
  });

  it("stays with a qualified lead that has no contact, closed", async () => {
    const { simulator, connector } = dynamicsEnvironment();
    const lead = simulator.seed("lead", { lastname: "Lee" });
    simulator.qualify(lead, { createContact: false });
    const lookup = await connector.getContact({ object: "lead", externalId: lead }, PROPERTIES);
    expect(lookup).toMatchObject({ kind: "found", record: { object: "lead", externalId: lead, state: "closed" } });
  });
});
