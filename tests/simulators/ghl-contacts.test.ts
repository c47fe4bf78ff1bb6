import { describe, expect, it } from "vitest";
import { ann, LOCATION, openGhlSimulator } from "./ghl-client.ts";

describe("HighLevel simulator, contacts", () => {
  it("leaves empty values out of GET, and adds delivery fields to the answer of a create", async () => {
    const { create, ask } = openGhlSimulator();
    const made = await create({ ...ann, tags: ["VIP", "vip "] });
    expect(made).toMatchObject({ status: 201, json: { contact: { deleted: false, bounceEmail: false } } });
    const { json } = await ask("GET", `/contacts/${made.json.contact?.id}`);
    expect(json.contact).toMatchObject({
      email: "Ann@example.com",
      emailLowerCase: "ann@example.com",
      fullNameLowerCase: "ann lee",
      phone: "+12025550101",
      tags: ["vip"],
      additionalEmails: [],
    });
    for (const absent of ["companyName", "dnd", "name", "deleted"]) expect(json.contact).not.toHaveProperty(absent);
    expect(made.json.contact?.id).toMatch(/^[A-Za-z0-9]{20}$/);
    expect(Date.parse(json.contact?.dateUpdated ?? "") - Date.parse(made.json.contact?.dateUpdated ?? "")).toBe(4);
  });

  it.each([
    ["POST", "/contacts/", { email: "ann@example.com" }, ["LocationId can't be undefined"]],
    [
      "POST",
      "/contacts/",
      { locationId: LOCATION, additionalEmails: [] },
      ["property additionalEmails should not exist"],
    ],
    [
      "POST",
      "/contacts/",
      { locationId: LOCATION, email: "ann", customFields: {} },
      ["email must be an email", "customFields must be an array"],
    ],
    [
      "PUT",
      "/contacts/:id",
      { gender: "x", companyName: "y", locationId: LOCATION },
      [
        "property gender should not exist",
        "property companyName should not exist",
        "property locationId should not exist",
      ],
    ],
    ["POST", "/contacts/:id/notes", { note: "x" }, ["property note should not exist", "body should not be empty"]],
    ["POST", "/contacts/search", { locationId: LOCATION }, ["pageLimit must be a positive number"]],
    ["POST", "/contacts/search", { locationId: LOCATION, pageLimit: 501 }, ["pageLimit must not be greater than 500"]],
  ])("refuses %s %s %j with the list of problems", async (method, path, body, message) => {
    const { simulator, ask } = openGhlSimulator();
    const id = simulator.seed("contact", { firstName: "Bob" });
    const answer = await ask(method, path.replace(":id", id), body);
    expect(answer).toMatchObject({ status: 422, json: { message, error: "Unprocessable Entity" } });
  });

  it.each(["GET", "PUT", "DELETE"])("answers %s for a contact that is not there with 400, not 404", async (method) => {
    const { ask } = openGhlSimulator();
    const answer = await ask(method, "/contacts/abc", method === "PUT" ? {} : undefined);
    expect(answer).toMatchObject({ status: 400, json: { message: "Contact with id abc not found" } });
  });

  it("updates what is named, clears what is null, and says success in both spellings", async () => {
    const { simulator, ask } = openGhlSimulator();
    const id = simulator.seed("contact", { ...ann, city: "Leeds" });
    const answer = await ask("PUT", `/contacts/${id}`, { firstName: "Anna", city: null });
    expect(answer.json).toMatchObject({
      succeded: true,
      succeeded: true,
      contact: { firstName: "Anna", lastName: "Lee" },
    });
    expect(simulator.record("contact", id)?.values).not.toHaveProperty("city");
  });

  it("merges custom fields by id: written as field_value, read as value", async () => {
    const { simulator, ask } = openGhlSimulator();
    const [a, b] = ["One", "Two"].map((name) => simulator.addCustomField({ name, dataType: "TEXT" }));
    const id = simulator.seed("contact", { customFields: [{ id: a, value: "kept" }] });
    await ask("PUT", `/contacts/${id}`, {
      customFields: [
        { id: b, field_value: "new" },
        { id: "unknown", field_value: "x" },
      ],
    });
    const { json } = await ask("GET", `/contacts/${id}`);
    expect(json.contact?.customFields).toEqual([
      { id: a, value: "kept" },
      { id: b, value: "new" },
    ]);
  });

  it("adds and removes tags by their own calls; an update replaces them all", async () => {
    const { simulator, ask } = openGhlSimulator();
    const id = simulator.seed("contact", { tags: ["vip"] });
    const added = await ask("POST", `/contacts/${id}/tags`, { tags: ["New", "VIP"] });
    expect(added).toMatchObject({ status: 201, json: { tags: ["vip", "new"], tagsAdded: ["new"] } });
    const removed = await ask("DELETE", `/contacts/${id}/tags`, { tags: ["vip"] });
    expect(removed).toMatchObject({ status: 200, json: { tags: ["new"], tagsRemoved: ["vip"] } });
    await ask("PUT", `/contacts/${id}`, { tags: ["only"] });
    expect(simulator.record("contact", id)?.values.tags).toEqual(["only"]);
  });

  it("keeps do-not-disturb as it is given, contradictions included", async () => {
    const { simulator, ask } = openGhlSimulator();
    const id = simulator.seed("contact", ann);
    const dndSettings = { SMS: { status: "active" }, Email: { status: "inactive", code: "103", message: "By hand" } };
    const answer = await ask("PUT", `/contacts/${id}`, { dnd: false, dndSettings });
    expect(answer).toMatchObject({ status: 200, json: { contact: { dnd: false, dndSettings } } });
    expect(await ask("PUT", `/contacts/${id}`, { dndSettings: { SMS: { status: "on" } } })).toMatchObject({
      status: 422,
    });
  });

  it("keeps notes per contact, newest first, with their plain text", async () => {
    const { simulator, ask } = openGhlSimulator();
    const id = simulator.seed("contact", ann);
    await ask("POST", `/contacts/${id}/notes`, { body: "first" });
    const second = await ask("POST", `/contacts/${id}/notes`, { body: "a &lt;b&gt;<br>c" });
    expect(second).toMatchObject({
      status: 201,
      json: { note: { bodyText: "a <b>\nc", contactId: id, userId: null } },
    });
    const { json } = await ask("GET", `/contacts/${id}/notes`);
    expect(json.notes.map((note) => note.body)).toEqual(["a &lt;b&gt;<br>c", "first"]);
  });

  it("tells the duplicate rule and the custom fields of the location", async () => {
    const { simulator, ask } = openGhlSimulator({ contactUniqueIdentifiers: ["phone", "email"] });
    const id = simulator.addCustomField({ name: "Shoe size", dataType: "NUMERICAL" });
    simulator.addCustomField({ name: "Deal", dataType: "TEXT", model: "opportunity" });
    const { json } = await ask("GET", `/locations/${LOCATION}`);
    expect(json.location?.settings).toMatchObject({
      allowDuplicateContact: false,
      contactUniqueIdentifiers: ["phone", "email"],
    });
    const fields = await ask("GET", `/locations/${LOCATION}/customFields?model=contact`);
    expect(fields.json.customFields).toMatchObject([{ id, fieldKey: "contact.shoe_size", dataType: "NUMERICAL" }]);
  });
});

describe("HighLevel simulator, duplicates", () => {
  it("refuses a second contact and names the first, by email whatever the case, or by phone", async () => {
    const { create } = openGhlSimulator();
    const { json } = await create(ann);
    const meta = (matchingField: string) => ({ contactId: json.contact?.id, contactName: "Ann Lee", matchingField });
    const byEmail = await create({ email: "ANN@EXAMPLE.COM" });
    expect(byEmail).toMatchObject({ status: 400, json: { meta: meta("email") } });
    const byPhone = await create({ email: "bob@example.com", phone: "+1 202 555 0101" });
    expect(byPhone).toMatchObject({ status: 400, json: { meta: meta("phone") } });
  });

  it("looks only at the identifiers the location has", async () => {
    const { simulator, create, ask } = openGhlSimulator({ contactUniqueIdentifiers: ["phone"] });
    simulator.seed("contact", ann);
    const byEmail = await ask("GET", `/contacts/search/duplicate?locationId=${LOCATION}&email=ann%40example.com`);
    expect(byEmail.json.contact).toBeNull();
    expect(await create({ email: ann.email })).toMatchObject({ status: 201 });
  });

  it("answers a lookup by both keys with one contact, in the location's order, at once", async () => {
    const { create, ask, simulator } = openGhlSimulator({ contactUniqueIdentifiers: ["phone", "email"] });
    const a = await create({ email: "ann@example.com" });
    const b = await create({ phone: "+12025550102" });
    const look = () =>
      ask("GET", `/contacts/search/duplicate?locationId=${LOCATION}&email=ann%40example.com&number=%2B12025550102`);
    expect((await look()).json.contact?.id).toBe(b.json.contact?.id);
    simulator.setDuplicateRule(true);
    expect((await look()).json.contact?.id).toBe(a.json.contact?.id);
    expect(await ask("GET", `/contacts/search/duplicate?locationId=${LOCATION}`)).toMatchObject({ status: 400 });
  });

  it("drops, in an upsert, the identifier that belongs to somebody else, and says 200", async () => {
    const { simulator, ask } = openGhlSimulator();
    const a = simulator.seed("contact", { email: "ann@example.com" });
    simulator.seed("contact", { phone: "+12025550102" });
    const body = { locationId: LOCATION, email: "ann@example.com", phone: "+12025550102", tags: ["x"] };
    const answer = await ask("POST", "/contacts/upsert", body);
    expect(answer).toMatchObject({ status: 200, json: { new: false, contact: { id: a, tags: ["x"] } } });
    expect(simulator.record("contact", a)?.values).not.toHaveProperty("phone");
  });

  it("replaces, in an upsert by a secondary email, the primary one", async () => {
    const { simulator, ask } = openGhlSimulator();
    const id = simulator.seed("contact", { email: "ann@example.com", additionalEmails: ["lee@example.com"] });
    await ask("POST", "/contacts/upsert", { locationId: LOCATION, email: "lee@example.com" });
    expect(simulator.record("contact", id)?.values.email).toBe("lee@example.com");
  });

  it("makes the loser of a merge vanish and leaves its addresses with the winner", async () => {
    const { simulator, ask } = openGhlSimulator();
    const winner = simulator.seed("contact", { email: "ann@example.com" });
    const loser = simulator.seed("contact", { email: "lee@example.com", phone: "+12025550103" });
    simulator.merge(winner, loser);
    expect(await ask("GET", `/contacts/${loser}`)).toMatchObject({ status: 400 });
    const { json } = await ask("GET", `/contacts/${winner}`);
    expect(json.contact).toMatchObject({
      additionalEmails: [{ email: "lee@example.com" }],
      additionalPhones: [{ phone: "+12025550103" }],
    });
    expect(simulator.record("contact", loser)?.state).toBe(`merged into ${winner}`);
  });
});
