import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openBigCommerceAccount as open } from "./bigcommerce-account.ts";
import { idsOf, phoneQuery } from "./contract/harness.ts";

const PROPERTIES = ["first_name", "last_name", "email", "phone"];
const ann = { first_name: "Ann", last_name: "Lee", email: "ann@example.com", phone: "+12025550101" };
const GET = "GET /v3/customers";
const PUT = "PUT /v3/customers";
const PUT_ATTRIBUTES = "PUT /v3/customers/attribute-values";

const customer = (externalId: string) => ({ object: "customer", externalId });

describe("BigCommerce, calls per push", () => {
  it("spends 1 call on a linked customer with nothing new, mapped attributes and form fields included", async () => {
    const { simulator, connector, newCalls } = await open();
    const size = simulator.addAttribute("Shoe size");
    simulator.addFormField({ name: "Heard of us", type: "text" });
    const more = { [`attribute:${size}`]: "42", "formField:Heard of us": "A friend" };
    const ref = customer(simulator.seed("customer", { ...ann, ...more }));
    const found = await connector.getContact(ref, [...PROPERTIES, ...Object.keys(more)]);
    expect(found).toMatchObject({ kind: "found", record: { values: { ...ann, ...more } } });
    expect(newCalls()).toEqual([GET]);
  });

  it("spends a second call when a customer has more attributes than it carries", async () => {
    const { simulator, connector, newCalls } = await open();
    const ids = Array.from({ length: 12 }, (_, at) => simulator.addAttribute(`Attribute ${at}`));
    const values = Object.fromEntries(ids.map((id) => [`attribute:${id}`, `value ${id}`]));
    const ref = customer(simulator.seed("customer", { ...ann, ...values }));
    const last = `attribute:${ids.at(-1)}`;
    expect(await connector.getContact(ref, [last])).toMatchObject({ record: { values: { [last]: values[last] } } });
    expect(newCalls()).toEqual([GET, "GET /v3/customers/attribute-values"]);
  });

  it.each([
    ["a fill", { company: "Example Ltd" }, [GET, PUT]],
    ["an attribute", { size: "42" }, [GET, PUT_ATTRIBUTES]],
    ["both", { company: "Example Ltd", size: "42" }, [GET, PUT, PUT_ATTRIBUTES]],
  ])("spends on a linked customer with %s", async (_what, { size, ...changes }: Record<string, string>, calls) => {
    const { simulator, connector, newCalls } = await open();
    const attribute = `attribute:${simulator.addAttribute("Shoe size")}`;
    const ref = customer(simulator.seed("customer", ann));
    const properties = [...PROPERTIES, "company", attribute];
    await connector.getContact(ref, properties);
    const all = { ...changes, ...(size !== undefined && { [attribute]: size }) };
    expect((await connector.updateContact(ref, all, null, properties)).values).toMatchObject({ ...ann, ...all });
    expect(newCalls()).toEqual(calls);
  });

  it("spends 1 call on finding by email, 2 with the phone after it, 1 on a create", async () => {
    const { simulator, connector, newCalls } = await open();
    simulator.seed("customer", { ...ann, email: "lee@example.com" });
    const phone = phoneQuery("0101");
    await connector.findContacts({ email: "lee@example.com", phone, phoneOnlyIfNoEmail: true }, PROPERTIES);
    expect(newCalls()).toEqual([GET]);
    await connector.findContacts({ email: ann.email, phone, phoneOnlyIfNoEmail: true }, PROPERTIES);
    expect(newCalls()).toEqual([GET, GET]);
    await connector.createContact(ann, randomUUID(), PROPERTIES);
    expect(newCalls()).toEqual(["POST /v3/customers"]);
  });
});

describe("BigCommerce, finding", () => {
  it("returns every customer of one email in a store with several storefronts", async () => {
    const { simulator, connector } = await open();
    const ids = [1, 2].map((channel) => simulator.seed("customer", { ...ann, channel_ids: [channel] }));
    expect(idsOf(await connector.findContacts({ email: ann.email }, PROPERTIES))).toEqual(ids.sort());
  });

  it.each([true, false])(
    "finds a phone in any spelling, whether or not the filter takes a list: %s",
    async (phoneLists) => {
      const { simulator, connector } = await open({ phoneLists }, { phoneLists });
      const ids = ["+12025550101", "2025550101", "(202) 555-0101"].map((phone) =>
        simulator.seed("customer", { phone }),
      );
      simulator.seed("customer", { phone: "+12025550199" });
      expect(idsOf(await connector.findContacts({ phone: phoneQuery("0101") }, PROPERTIES))).toEqual(ids.sort());
    },
  );

  it("leaves out the phones of addresses, which may be the recipient's", async () => {
    const { simulator, connector } = await open();
    simulator.seed("customer", { ...ann, phone: "", addresses: [{ phone: "+12025550101" }] });
    expect(await connector.findContacts({ phone: phoneQuery("0101") }, PROPERTIES)).toEqual([]);
    expect(await connector.findContacts({ email: ann.email }, PROPERTIES)).toMatchObject([{ phones: [] }]);
  });

  it("asks for nobody by an email that the filter cannot spell", async () => {
    const { connector, newCalls } = await open();
    expect(await connector.findContacts({ email: '"a,b"@example.com' }, PROPERTIES)).toEqual([]);
    expect(newCalls()).toEqual([]);
  });
});
