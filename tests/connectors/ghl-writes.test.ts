import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ghl } from "../../server/integrations/ghl/index.ts";
import { openGhlAccount as open } from "./ghl-account.ts";

const PROPERTIES = ["firstName", "lastName", "email", "phone"];
const ann = { firstName: "Ann", lastName: "Lee", email: "ann@example.com", phone: "+12025550101" };

const contact = (externalId: string) => ({ object: "contact", externalId });

describe("HighLevel, writing", () => {
  it("leaves tags and do-not-disturb as they are", async () => {
    const { simulator, connector } = await open();
    const id = simulator.seed("contact", { firstName: "Ann", tags: ["vip"], dnd: true });
    await connector.updateContact(contact(id), { lastName: "Lee" }, null, PROPERTIES);
    expect(simulator.record("contact", id)?.values).toMatchObject({ tags: ["vip"], dnd: true, lastName: "Lee" });
  });

  it.each(["tags", "dnd", "dndSettings", "locationId", "customFields"])(
    "refuses to write %s, without a call",
    async (name) => {
      const { simulator, connector, newCalls } = await open();
      const ref = contact(simulator.seed("contact", ann));
      const update = connector.updateContact(ref, { [name]: "x" }, null, PROPERTIES);
      await expect(update).rejects.toMatchObject({ code: "invalid_field", properties: [name] });
      expect(newCalls()).toEqual([]);
    },
  );

  it("sends nothing of what is blank when it creates", async () => {
    const { simulator, url, token } = await open();
    const sent: unknown[] = [];
    const connector = ghl.createConnector({
      settings: { locationId: "demoLocation00000001", baseUrl: url, appUrl: "https://app.gohighlevel.com" },
      credentials: { token },
      facts: {},
      now: Date.now,
      http: {
        fetch: async (address, request) => {
          sent.push(JSON.parse(String(request.body)));
          return await simulator.app.request(address.href, request);
        },
      },
    });
    await connector.createContact({ email: ann.email, city: null, lastName: " " }, randomUUID(), PROPERTIES);
    expect(sent).toEqual([{ locationId: "demoLocation00000001", email: ann.email }]);
  });

  it("refuses to clear a value, without a call", async () => {
    const { simulator, connector, newCalls } = await open();
    const ref = contact(simulator.seed("contact", ann));
    const update = connector.updateContact(ref, { firstName: null, lastName: "Lee" }, null, PROPERTIES);
    await expect(update).rejects.toMatchObject({ code: "invalid_field", properties: ["firstName"] });
    expect(newCalls()).toEqual([]);
  });

  it("writes the company name at creation only, and shows what an update left", async () => {
    const { simulator, connector } = await open();
    const properties = [...PROPERTIES, "companyName"];
    const made = await connector.createContact({ ...ann, companyName: "Example Ltd" }, randomUUID(), properties);
    expect(made.values.companyName).toBe("Example Ltd");
    const changes = { companyName: "Other Ltd", firstName: "Anna" };
    const updated = await connector.updateContact(made, changes, null, properties);
    expect(updated.values).toMatchObject({ companyName: "Example Ltd", firstName: "Anna" });
    const nothing = await connector.updateContact(made, { companyName: "Other Ltd" }, null, properties);
    expect(nothing.values).toMatchObject({ companyName: "Example Ltd" });
    expect(simulator.record("contact", made.externalId)?.values).toMatchObject({ companyName: "Example Ltd" });
  });

  it("names the owner when an update takes another contact's email", async () => {
    const { simulator, connector } = await open();
    const existingId = simulator.seed("contact", ann);
    const ref = contact(simulator.seed("contact", { firstName: "Bob" }));
    const update = connector.updateContact(ref, { email: ann.email }, null, PROPERTIES);
    await expect(update).rejects.toMatchObject({ code: "duplicate", existingId, properties: ["email"] });
  });

  it("shows a value that HighLevel dropped without a word", async () => {
    const { simulator, connector } = await open({ duplicateOnUpdate: "drop" });
    simulator.seed("contact", ann);
    const ref = contact(simulator.seed("contact", { firstName: "Bob" }));
    const changes = { email: ann.email, lastName: "Ray" };
    const updated = await connector.updateContact(ref, changes, null, PROPERTIES);
    expect(updated).toMatchObject({ values: { email: null, lastName: "Ray" } });
  });

  it("reports a merged contact as gone; the winner carries both addresses", async () => {
    const { simulator, connector } = await open();
    const winner = simulator.seed("contact", ann);
    const loser = simulator.seed("contact", { email: "annie@example.com" });
    simulator.merge(winner, loser);
    expect(await connector.getContact(contact(loser), PROPERTIES)).toEqual({ kind: "gone" });
    expect(await connector.getContact(contact(winner), PROPERTIES)).toMatchObject({
      record: { emails: ["ann@example.com", "annie@example.com"] },
    });
  });

  it("escapes a note for HighLevel, which shows HTML", async () => {
    const { simulator, connector, url, token } = await open();
    const ref = contact(simulator.seed("contact", ann));
    const body = "Said: <script>alert(1)</script>\nTom & Jerry";
    await connector.addNote(ref, { body, at: "2026-03-01T10:00:00.000Z" }, randomUUID());
    const headers = { authorization: `Bearer ${token}`, version: "2021-07-28" };
    const answer = await (await fetch(`${url}/contacts/${ref.externalId}/notes`, { headers })).text();
    expect(answer).toContain("&lt;script&gt;alert(1)&lt;/script&gt;<br>Tom &amp; Jerry<br>");
    expect(simulator.record("contact", ref.externalId)?.notes[0]).toContain(body);
  });
});

describe("HighLevel, custom fields", () => {
  it("describes them by id, with type and options; what it cannot write is not writable", async () => {
    const { simulator, connector } = await open();
    const size = simulator.addCustomField({ name: "Size", dataType: "SINGLE_OPTIONS", picklistOptions: ["S", "M"] });
    const file = simulator.addCustomField({ name: "Contract", dataType: "FILE_UPLOAD" });
    const price = simulator.addCustomField({ name: "Price", dataType: "MONETORY" });
    simulator.addCustomField({ name: "Deal size", dataType: "TEXT", model: "opportunity" });
    const fields = (await connector.describeFields("contact")).filter((field) => field.custom);
    expect(fields).toMatchObject([
      {
        property: `customField:${size}`,
        label: "Size",
        type: "option",
        writable: true,
        options: [{ value: "S" }, { value: "M" }],
      },
      { property: `customField:${file}`, label: "Contract", type: "other", writable: false },
      { property: `customField:${price}`, label: "Price", type: "number", writable: true },
    ]);
  });

  it("writes one and leaves the others", async () => {
    const { simulator, connector } = await open();
    const size = simulator.addCustomField({ name: "Size", dataType: "TEXT" });
    const toys = simulator.addCustomField({ name: "Toys", dataType: "CHECKBOX", picklistOptions: ["car", "ball"] });
    const properties = [`customField:${size}`, `customField:${toys}`];
    const made = await connector.createContact({ ...ann, [`customField:${size}`]: "M" }, randomUUID(), properties);
    expect(made.values).toEqual({ [`customField:${size}`]: "M", [`customField:${toys}`]: null });
    const updated = await connector.updateContact(made, { [`customField:${toys}`]: ["car"] }, null, properties);
    expect(updated.values).toEqual({ [`customField:${size}`]: "M", [`customField:${toys}`]: ["car"] });
  });

  it.each(["ignore", "refuse"] as const)(
    "does not hide a removed field that HighLevel would %s",
    async (unknownCustomField) => {
      const { simulator, connector } = await open({ unknownCustomField });
      const ref = contact(simulator.seed("contact", ann));
      const property = "customField:removedRemovedRemove";
      const update = connector.updateContact(ref, { [property]: "x" }, null, [property]);
      if (unknownCustomField === "refuse") await expect(update).rejects.toMatchObject({ code: "invalid_field" });
      else expect((await update).values).toEqual({ [property]: null });
    },
  );
});
