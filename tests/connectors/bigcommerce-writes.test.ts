import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openBigCommerceAccount as open, refusal } from "./bigcommerce-account.ts";

const PROPERTIES = ["first_name", "last_name", "email", "phone"];
const ann = { first_name: "Ann", last_name: "Lee", email: "ann@example.com", phone: "+12025550101" };

const customer = (externalId: string) => ({ object: "customer", externalId });

describe("BigCommerce, writing", () => {
  it("sends an update of one customer with nothing but what changes", async () => {
    const { simulator, connector, bodies } = await open();
    const ref = customer(simulator.seed("customer", ann));
    await connector.updateContact(ref, { phone: "+12025550102" }, null, PROPERTIES);
    expect(bodies).toEqual([[{ id: Number(ref.externalId), phone: "+12025550102" }]]);
  });

  it("creates without a welcome mail", async () => {
    const { connector, bodies } = await open();
    await connector.createContact(ann, randomUUID(), PROPERTIES);
    expect(bodies).toEqual([[{ ...ann, trigger_account_created_notification: false }]]);
  });

  it("clears what may be empty", async () => {
    const { simulator, connector } = await open();
    const ref = customer(simulator.seed("customer", { ...ann, company: "Example Ltd" }));
    const updated = await connector.updateContact(ref, { company: null, phone: "" }, null, ["company", "phone"]);
    expect(updated.values).toEqual({ company: null, phone: null });
  });

  it.each(["email", "first_name", "last_name"])("refuses to clear %s, without a call", async (property) => {
    const { simulator, connector, newCalls } = await open();
    const ref = customer(simulator.seed("customer", ann));
    const update = connector.updateContact(ref, { [property]: null, phone: "1" }, null, PROPERTIES);
    await expect(update).rejects.toMatchObject({ code: "invalid_field", properties: [property] });
    expect(newCalls()).toEqual([]);
  });

  it.each(["customer_group_id", "channel_ids", "authentication", "attribute:x", "attribute:0", "formField:"])(
    "refuses to write %s, without a call",
    async (property) => {
      const { simulator, connector, newCalls } = await open();
      const ref = customer(simulator.seed("customer", ann));
      const update = connector.updateContact(ref, { [property]: "1" }, null, PROPERTIES);
      await expect(update).rejects.toMatchObject({ code: "invalid_field", properties: [property] });
      expect(newCalls()).toEqual([]);
    },
  );

  it("names the property that BigCommerce refuses", async () => {
    const { simulator, connector } = await open();
    const ref = customer(simulator.seed("customer", ann));
    const update = connector.updateContact(ref, { phone: "1".repeat(51) }, null, PROPERTIES);
    await expect(update).rejects.toMatchObject({
      code: "invalid_field",
      properties: ["phone"],
      message: expect.stringContaining("at most 50 characters"),
    });
  });

  it.each(["refuse", "nothing"] as const)(
    "reports an update of a missing customer as not_found where BigCommerce answers with: %s",
    async (missingOnUpdate) => {
      const { connector } = await open({ missingOnUpdate });
      const update = connector.updateContact(customer("77"), { phone: "1" }, null, PROPERTIES);
      await expect(update).rejects.toMatchObject({ code: "not_found" });
    },
  );

  it("holds the updates of all jobs to three at once, as BigCommerce asks, and loses none", async () => {
    const { simulator, connect, mostUpdatesAtOnce } = await open();
    simulator.faults.play({ fault: { kind: "latency", ms: 20 } });
    const refs = Array.from({ length: 9 }, (_, at) => customer(simulator.seed("customer", { company: `Shop ${at}` })));
    await Promise.all(refs.map((ref) => connect().updateContact(ref, { company: "Example Ltd" }, null, [])));
    expect(mostUpdatesAtOnce()).toBe(3);
    expect(simulator.records().filter(({ values }) => values.company === "Example Ltd")).toHaveLength(9);
  });

  it("frees the place of an update that fails", async () => {
    const { simulator, connect } = await open();
    const ref = customer(simulator.seed("customer", ann));
    simulator.faults.play({ fault: { kind: "reset" }, times: 3 });
    const update = () => connect().updateContact(ref, { company: "Example Ltd" }, null, ["company"]);
    const outcomes = await Promise.allSettled([update(), update(), update(), update()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected", "fulfilled"]);
  });
});

describe("BigCommerce, an email that is taken", () => {
  it("names the owner when a create is refused", async () => {
    const { simulator, connector } = await open();
    const existingId = simulator.seed("customer", ann);
    const create = connector.createContact({ ...ann, email: "ANN@example.com" }, randomUUID(), PROPERTIES);
    await expect(create).rejects.toMatchObject({
      code: "duplicate",
      existingId,
      outcome: "none",
      properties: ["email"],
    });
  });

  it("names nobody when several storefronts know the email", async () => {
    const { simulator, connector } = await open();
    for (const channel of [1, 2]) simulator.seed("customer", { ...ann, channel_ids: [channel] });
    const create = connector.createContact(ann, randomUUID(), PROPERTIES);
    await expect(create).rejects.toMatchObject({ code: "duplicate", existingId: undefined });
  });

  it("names the owner when an update takes the email", async () => {
    const { simulator, connector } = await open();
    const existingId = simulator.seed("customer", ann);
    const ref = customer(simulator.seed("customer", { first_name: "Bob" }));
    const update = connector.updateContact(ref, { email: ann.email }, null, PROPERTIES);
    await expect(update).rejects.toMatchObject({ code: "duplicate", existingId, properties: ["email"] });
  });

  it("passes a refusal on that has another reason", async () => {
    const { simulator, connector } = await open();
    const errors = { ".customer_create": "Error creating customers" };
    simulator.faults.play({ fault: refusal(422, "Create customers failed.", errors), times: 1 });
    const create = connector.createContact(ann, randomUUID(), PROPERTIES);
    await expect(create).rejects.toMatchObject({
      code: "invalid_field",
      message: "BigCommerce: Create customers failed. .customer_create Error creating customers",
    });
  });
});

describe("BigCommerce, attributes and form fields", () => {
  it("describes attributes by id, and form fields that somebody filled in by name", async () => {
    const { simulator, connector } = await open();
    const size = simulator.addAttribute("Shoe size", "number");
    simulator.addFormField({ name: "Heard of us", type: "text" });
    simulator.addFormField({ name: "Never used", type: "text" });
    simulator.seed("customer", { ...ann, "formField:Heard of us": "A friend" });
    const custom = (await connector.describeFields("customer")).filter((field) => field.custom);
    expect(custom).toMatchObject([
      { property: `attribute:${size}`, label: "Shoe size", type: "number", maxLength: 255, writable: true },
      { property: "formField:Heard of us", label: "Heard of us", type: "text", writable: true },
    ]);
  });

  it("writes an attribute as text and leaves the others", async () => {
    const { simulator, connector, bodies } = await open();
    const [size, since] = [simulator.addAttribute("Shoe size", "number"), simulator.addAttribute("Since", "date")];
    const ref = customer(simulator.seed("customer", { ...ann, [`attribute:${since}`]: "2025-01-31" }));
    const properties = [`attribute:${size}`, `attribute:${since}`];
    const updated = await connector.updateContact(ref, { [`attribute:${size}`]: 42 }, null, properties);
    expect(updated.values).toEqual({ [`attribute:${size}`]: "42", [`attribute:${since}`]: "2025-01-31" });
    expect(bodies).toEqual([[{ customer_id: Number(ref.externalId), attribute_id: size, value: "42" }]]);
  });

  it("creates with attributes and form fields in one go", async () => {
    const { simulator, connector } = await open();
    const size = simulator.addAttribute("Shoe size");
    simulator.addFormField({ name: "Heard of us", type: "text" });
    const more = { [`attribute:${size}`]: "42", "formField:Heard of us": "A friend" };
    const made = await connector.createContact({ ...ann, ...more }, randomUUID(), Object.keys(more));
    expect(made.values).toEqual(more);
    expect(simulator.record("customer", made.externalId)?.values).toMatchObject(more);
  });

  it("reads a form field back after writing it", async () => {
    const { simulator, connector } = await open();
    simulator.addFormField({ name: "Toys", type: "checkboxes" });
    const ref = customer(simulator.seed("customer", ann));
    const updated = await connector.updateContact(ref, { "formField:Toys": ["car", "ball"] }, null, ["formField:Toys"]);
    expect(updated.values).toEqual({ "formField:Toys": ["car", "ball"] });
  });

  it.each(["attribute:999", "formField:Removed"])("does not hide that %s is not there", async (property) => {
    const { simulator, connector } = await open();
    const ref = customer(simulator.seed("customer", ann));
    const update = connector.updateContact(ref, { [property]: "x" }, null, [property]);
    await expect(update).rejects.toMatchObject({ code: "invalid_field" });
  });

  it("tells a half-done update as unknown, and finishes it when asked again", async () => {
    const { simulator, connector } = await open();
    const size = simulator.addAttribute("Shoe size");
    const ref = customer(simulator.seed("customer", ann));
    const properties = ["company", `attribute:${size}`];
    const isAttributes = ({ path }: { path: string }) => path.includes("attribute-values");
    simulator.faults.play({ fault: refusal(429, "Too many requests"), times: 1, match: isAttributes });
    const changes = { company: "Example Ltd", [`attribute:${size}`]: "42" };
    const half = connector.updateContact(ref, changes, null, properties);
    await expect(half).rejects.toMatchObject({ code: "unavailable", outcome: "unknown" });
    expect(await connector.getContact(ref, properties)).toMatchObject({
      record: { values: { company: "Example Ltd", [`attribute:${size}`]: null } },
    });
    expect((await connector.updateContact(ref, changes, null, properties)).values).toEqual(changes);
  });
});

describe("BigCommerce, notes", () => {
  const at = "2026-03-01T10:00:00.000Z";

  it("keeps what staff wrote, and adds below", async () => {
    const { simulator, connector } = await open();
    const ref = customer(simulator.seed("customer", { ...ann, notes: "Prefers mornings." }));
    const key = randomUUID();
    await connector.addNote(ref, { body: "Asked about delivery.", at }, key);
    expect(simulator.record("customer", ref.externalId)?.notes).toEqual([
      `Prefers mornings.\n\nAsked about delivery.\nRolodesk, 2026-03-01 10:00 UTC, ref ${key}`,
    ]);
  });

  it("does not add to notes that would become too long, and leaves them whole", async () => {
    const { simulator, connector } = await open();
    const notes = "é".repeat(29_990);
    const ref = customer(simulator.seed("customer", { ...ann, notes }));
    const add = connector.addNote(ref, { body: "Asked about delivery.", at }, randomUUID());
    await expect(add).rejects.toMatchObject({ code: "invalid_field", properties: ["notes"] });
    expect(simulator.record("customer", ref.externalId)?.notes).toEqual([notes]);
  });

  it("cuts a long transcript and says so, with the key still there", async () => {
    const { simulator, connector } = await open();
    const ref = customer(simulator.seed("customer", ann));
    const key = randomUUID();
    await connector.addNote(ref, { body: "x".repeat(20_000), at }, key);
    const [text = ""] = simulator.record("customer", ref.externalId)?.notes ?? [];
    expect(text).toContain("x\n[The rest is in Rolodesk]\nRolodesk, ");
    expect(text.length).toBeLessThan(8_200);
    expect(await connector.addNote(ref, { body: "again", at }, key)).toEqual({ noteId: key });
    expect(simulator.record("customer", ref.externalId)?.notes).toEqual([text]);
  });

  it("does not take a note for added that BigCommerce did not keep", async () => {
    const { simulator, connector } = await open();
    const ref = customer(simulator.seed("customer", ann));
    const body = JSON.stringify({ data: [{ id: Number(ref.externalId), notes: "cut" }], meta: {} });
    simulator.faults.play({ fault: { kind: "body", body }, times: 1, match: ({ method }) => method === "PUT" });
    const add = connector.addNote(ref, { body: "Asked.", at }, randomUUID());
    await expect(add).rejects.toMatchObject({ code: "bad_response", outcome: "unknown" });
  });
});
