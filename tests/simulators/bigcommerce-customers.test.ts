import { describe, expect, it } from "vitest";
import { ann, openBigCommerceSimulator } from "./bigcommerce-client.ts";

const CUSTOMERS = "/v3/customers";

describe("BigCommerce simulator, customers", () => {
  it("answers with the whole customer, unset texts as empty ones, sub-resources only when asked for", async () => {
    const { ask } = openBigCommerceSimulator();
    const made = await ask("POST", CUSTOMERS, [ann]);
    expect(made).toMatchObject({
      status: 200,
      json: {
        data: [
          {
            ...ann,
            company: "",
            notes: "",
            channel_ids: null,
            date_created: "2026-03-01T10:00:00Z",
            attribute_count: 0,
          },
        ],
      },
    });
    for (const part of ["attributes", "addresses", "form_fields"]) expect(made.json.data[0]).not.toHaveProperty(part);
    const { json } = await ask("GET", `${CUSTOMERS}?include=attributes,addresses,formfields`);
    expect(json.data).toMatchObject([{ attributes: [], addresses: [], form_fields: [] }]);
  });

  it.each(["email", "first_name", "last_name"])("creates nobody without %s", async (missing) => {
    const { simulator, ask } = openBigCommerceSimulator();
    const { [missing]: _, ...rest }: Record<string, string> = ann;
    const answer = await ask("POST", CUSTOMERS, [{ ...ann, email: "bob@example.com" }, rest]);
    expect(answer).toMatchObject({ status: 422, json: { errors: { [`1.${missing}`]: "error.path.missing" } } });
    expect(simulator.records()).toEqual([]);
  });

  it("refuses an email that somebody has, in any case, without saying why", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    simulator.seed("customer", ann);
    const answer = await ask("POST", CUSTOMERS, [{ ...ann, email: "ANN@EXAMPLE.COM" }]);
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({
      title: "Create customers failed.",
      errors: { ".customer_create": "Error creating customers" },
    });
  });

  it("keeps emails apart by channel", async () => {
    const { ask } = openBigCommerceSimulator();
    const create = (channel_ids: number[] | null) => ask("POST", CUSTOMERS, [{ ...ann, channel_ids }]);
    expect((await create([1])).status).toBe(200);
    expect((await create([2])).status).toBe(200);
    expect((await create([2, 3])).status).toBe(422);
    expect((await create(null)).status).toBe(422);
  });

  it.each(["POST", "PUT"])("takes ten customers in a %s and not eleven, and only a list", async (method) => {
    const { simulator, ask } = openBigCommerceSimulator();
    const ids = Array.from({ length: 11 }, (_, at) =>
      Number(simulator.seed("customer", { email: `p${at}@example.com` })),
    );
    const batch = ids.map((id) =>
      method === "PUT" ? { id, company: "Example Ltd" } : { ...ann, email: `n${id}@example.com` },
    );
    expect((await ask(method, CUSTOMERS, batch)).status).toBe(413);
    expect((await ask(method, CUSTOMERS, batch.slice(1))).status).toBe(200);
    expect((await ask(method, CUSTOMERS, batch[0])).status).toBe(422);
  });

  it("updates what is named, and neither addresses nor attributes", async () => {
    const { simulator, ask, advance } = openBigCommerceSimulator();
    const size = simulator.addAttribute("Size");
    const id = simulator.seed("customer", { ...ann, [`attribute:${size}`]: "M" });
    advance(60_000);
    const attributes = [{ attribute_id: size, attribute_value: "L" }];
    const { json } = await ask("PUT", CUSTOMERS, [
      { id: Number(id), company: "Example Ltd", attributes, addresses: [] },
    ]);
    expect(json.data).toMatchObject([{ ...ann, company: "Example Ltd", date_modified: "2026-03-01T10:01:00Z" }]);
    expect(simulator.record("customer", id)?.values).toMatchObject({ [`attribute:${size}`]: "M" });
  });

  it("refuses an update without an id, of nobody, or with a phone that is too long", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    const id = Number(simulator.seed("customer", ann));
    expect((await ask("PUT", CUSTOMERS, [{ phone: "1" }])).json.errors).toEqual({ "0.id": "error.path.missing" });
    expect((await ask("PUT", CUSTOMERS, [{ id: 999, phone: "1" }])).status).toBe(422);
    expect((await ask("PUT", CUSTOMERS, [{ id, phone: "1".repeat(51) }])).json.errors).toHaveProperty("0.phone");
  });

  it("deletes by id, and nobody without a filter", async () => {
    const { simulator, ask, list } = openBigCommerceSimulator();
    const ids = [simulator.seed("customer", ann), simulator.seed("customer", { email: "bob@example.com" })];
    expect((await ask("DELETE", CUSTOMERS)).status).toBe(204);
    expect(await list("")).toEqual(ids);
    expect((await ask("DELETE", `${CUSTOMERS}?id:in=${ids[0]}`)).status).toBe(204);
    expect(await list("")).toEqual([ids[1]]);
    expect(simulator.record("customer", ids[0] ?? "")?.state).toBe("deleted");
  });
});

describe("BigCommerce simulator, filters and pages", () => {
  it("filters by lists, encoded value by value; all filters must hold", async () => {
    const { simulator, list } = openBigCommerceSimulator();
    const one = simulator.seed("customer", { ...ann, email: "ann+chat@example.com" });
    const two = simulator.seed("customer", { email: "bob@example.com", phone: "+12025550102" });
    expect(await list("email:in=ann%2Bchat%40example.com,nobody%40example.com")).toEqual([one]);
    expect(await list("email:in=ANN%2BCHAT%40example.com,bob%40example.com")).toEqual([one, two]);
    expect(await list(`id:in=${one},${two}&email:in=bob%40example.com`)).toEqual([two]);
    expect(await list("email:in=nobody%40example.com")).toEqual([]);
  });

  it("compares a phone with the text that is stored, not with its digits or a part of it", async () => {
    const { simulator, list } = openBigCommerceSimulator();
    const id = simulator.seed("customer", ann);
    expect(await list(`phone:in=${encodeURIComponent("(202) 555-0101")}`)).toEqual([id]);
    for (const other of ["2025550101", "555-0101", "%2B12025550101", ""])
      expect(await list(`phone:in=${other}`)).toEqual([]);
  });

  it.each([true, false])("takes a list of phones: %s", async (phoneLists) => {
    const { simulator, list } = openBigCommerceSimulator({ phoneLists });
    const id = simulator.seed("customer", { phone: "5550101" });
    expect(await list("phone:in=5550101,5550102")).toEqual(phoneLists ? [id] : []);
  });

  it("filters and sorts by the time of change", async () => {
    const { simulator, list, advance } = openBigCommerceSimulator();
    const [one, two] = ["a@example.com", "b@example.com"].map((email) => simulator.seed("customer", { email }));
    advance(60_000);
    simulator.edit("customer", one ?? "", { company: "Example Ltd" });
    expect(await list("date_modified:min=2026-03-01T10:00:30Z")).toEqual([one]);
    expect(await list("date_modified:max=2026-03-01T10:00:30Z")).toEqual([two]);
    expect(await list("sort=date_modified:asc")).toEqual([two, one]);
  });

  it.each(["customer_id=1", "phone:like=555", "sort=phone:asc", "page=0"])("refuses %s", async (query) => {
    const { ask } = openBigCommerceSimulator();
    expect((await ask("GET", `${CUSTOMERS}?${query}`)).status).toBe(422);
  });

  it("pages by number and by cursor; the first page tells both ways on", async () => {
    const { simulator, ask, list } = openBigCommerceSimulator();
    const ids = Array.from({ length: 5 }, (_, at) => simulator.seed("customer", { email: `p${at}@example.com` }));
    const first = await ask("GET", `${CUSTOMERS}?limit=2`);
    expect(first.json.meta).toMatchObject({
      pagination: {
        total: 5,
        count: 2,
        per_page: 2,
        current_page: 1,
        total_pages: 3,
        links: { next: "?page=2&limit=2" },
      },
      cursor_pagination: { count: 2, per_page: 2 },
    });
    const after = first.json.meta.cursor_pagination?.end_cursor;
    expect(await list(`limit=2&after=${after}`)).toEqual(ids.slice(2, 4));
    expect(await list(`limit=2&page=3&after=${after}`)).toEqual(ids.slice(2, 4));
    expect(await list("limit=2&page=3")).toEqual(ids.slice(4));
    expect((await ask("GET", `${CUSTOMERS}?limit=2&page=2`)).json.meta).not.toHaveProperty("cursor_pagination");
    expect((await ask("GET", `${CUSTOMERS}?limit=2&after=${after}`)).json.meta).not.toHaveProperty("pagination");
    expect((await ask("GET", `${CUSTOMERS}?limit=251`)).status).toBe(413);
  });
});

describe("BigCommerce simulator, attributes and form fields", () => {
  it("writes attribute values as text under `value` and reads them under `attribute_value`", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    const made = await ask("POST", `${CUSTOMERS}/attributes`, [{ name: "Shoe size", type: "number" }]);
    const attribute_id = made.json.data[0]?.id;
    const customer_id = Number(simulator.seed("customer", ann));
    const put = (value: unknown) => ask("PUT", `${CUSTOMERS}/attribute-values`, [{ customer_id, attribute_id, value }]);
    const [first, second] = [await put("41"), await put("42")];
    expect(first.json.data[0]?.id).toBe(second.json.data[0]?.id);
    const { json } = await ask("GET", `${CUSTOMERS}/attribute-values?customer_id:in=${customer_id}`);
    expect(json.data).toMatchObject([{ attribute_id, attribute_value: "42", customer_id }]);
    for (const wrong of [42, "x".repeat(256)]) expect((await put(wrong)).status).toBe(422);
  });

  it("cuts a customer's attributes off after ten, and counts them all", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    const values = Array.from({ length: 11 }, (_, at) => [`attribute:${simulator.addAttribute(`A${at}`)}`, "x"]);
    simulator.seed("customer", { ...ann, ...Object.fromEntries(values) });
    const { json } = await ask("GET", `${CUSTOMERS}?include=attributes`);
    expect(json.data[0]).toMatchObject({ attribute_count: 11 });
    expect(json.data[0]?.attributes).toHaveLength(10);
  });

  it("has at most fifty attributes, of three types", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    for (let at = 0; at < 50; at += 1) simulator.addAttribute(`A${at}`);
    expect((await ask("POST", `${CUSTOMERS}/attributes`, [{ name: "One more", type: "string" }])).status).toBe(422);
    expect((await ask("POST", `${CUSTOMERS}/attributes`, [{ name: "Odd", type: "boolean" }])).status).toBe(422);
  });

  it("merges form fields by name, and knows only those of the store", async () => {
    const { simulator, ask } = openBigCommerceSimulator();
    for (const name of ["One", "Two"]) simulator.addFormField({ name, type: "text" });
    const id = Number(simulator.seed("customer", { ...ann, "formField:One": "kept" }));
    await ask("PUT", CUSTOMERS, [{ id, form_fields: [{ name: "Two", value: ["a", "b"] }] }]);
    const { json } = await ask("GET", `${CUSTOMERS}/form-field-values?customer_id=${id}`);
    expect(json.data).toEqual([
      { name: "One", value: "kept", customer_id: id },
      { name: "Two", value: ["a", "b"], customer_id: id },
    ]);
    expect((await ask("PUT", CUSTOMERS, [{ id, form_fields: [{ name: "Three", value: "x" }] }])).status).toBe(422);
  });
});
