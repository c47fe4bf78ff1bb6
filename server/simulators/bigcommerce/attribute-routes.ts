import { Hono } from "hono";
import type { Store } from "../kit/file-store.ts";
import { BigCommerceApiError } from "./api-error.ts";
import { readBatch } from "./customer-body.ts";
import { type CustomerBook, stampOf } from "./customer-book.ts";
import { listOf, requireKnown } from "./customer-filter.ts";
import { pageOf } from "./paging.ts";
import type { BigCommerceState, StoredAttribute } from "./state.ts";

const MOST_DEFINITIONS = 50;
const MAX_VALUE = 255;
const PAGED = ["page", "limit", "after", "before"];
const TYPES = ["string", "number", "date"] as const;

/** `/customers/attributes`: the definitions. Their type never changes. */
export function attributeRoutes(store: Store<BigCommerceState>, book: CustomerBook, now: () => number): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const query = c.req.query();
    requireKnown(query, [...PAGED, "name", "name:like", "type"]);
    const like = query["name:like"]?.toLowerCase();
    const found = store.state.attributes.filter(
      ({ name, type }) =>
        (query.name === undefined || name === query.name) &&
        (like === undefined || name.toLowerCase().includes(like)) &&
        (query.type === undefined || type === query.type),
    );
    return c.json(pageOf(found, query));
  });

  app.post("/", async (c) => {
    const title = "Create customer attributes failed.";
    const made = readBatch(await c.req.json(), title).map(({ name, type }, at): StoredAttribute => {
      const known = TYPES.find((one) => one === type);
      if (typeof name !== "string" || name === "" || name.length > 255) {
        throw new BigCommerceApiError(422, title, { [`${at}.name`]: "error.path.missing" });
      }
      if (!known) throw new BigCommerceApiError(422, title, { [`${at}.type`]: "error.path.invalid" });
      const stamp = stampOf(now());
      return { id: book.nextId(), name, type: known, date_created: stamp, date_modified: stamp };
    });
    if (store.state.attributes.length + made.length > MOST_DEFINITIONS) {
      throw new BigCommerceApiError(422, title, { "": `A store has at most ${MOST_DEFINITIONS} customer attributes` });
    }
    store.state.attributes.push(...made);
    store.save();
    return c.json({ data: made, meta: {} });
  });

  app.delete("/", (c) => {
    const ids = listOf(c.req.query("id:in") ?? "").map(Number);
    store.state.attributes = store.state.attributes.filter(({ id }) => !ids.includes(id));
    store.state.attributeValues = store.state.attributeValues.filter((value) => !ids.includes(value.attribute_id));
    store.save();
    return c.body(null, 204);
  });

  return app;
}

/** `/customers/attribute-values`: written as `value`, read as `attribute_value`, always text. */
export function attributeValueRoutes(store: Store<BigCommerceState>, book: CustomerBook): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const query = c.req.query();
    requireKnown(query, [...PAGED, "customer_id:in", "attribute_id:in", "name"]);
    const { "customer_id:in": customers, "attribute_id:in": attributes, name } = query;
    const named = name === undefined ? undefined : store.state.attributes.find((one) => one.name === name)?.id;
    const found = store.state.attributeValues.filter(
      (value) =>
        (customers === undefined || listOf(customers).includes(String(value.customer_id))) &&
        (attributes === undefined || listOf(attributes).includes(String(value.attribute_id))) &&
        (name === undefined || value.attribute_id === named),
    );
    return c.json(pageOf(found, query));
  });

  app.put("/", async (c) => {
    const title = "Upsert customer attribute values failed.";
    const read = readBatch(await c.req.json(), title).map(({ customer_id, attribute_id, value }, at) => {
      const refuse = (name: string, problem: string) =>
        new BigCommerceApiError(422, title, { [`${at}.${name}`]: problem });
      if (typeof customer_id !== "number" || !book.find(customer_id)) throw refuse("customer_id", "error.path.invalid");
      if (typeof attribute_id !== "number" || !store.state.attributes.some(({ id }) => id === attribute_id)) {
        throw refuse("attribute_id", "error.path.invalid");
      }
      if (typeof value !== "string" || value.length > MAX_VALUE) throw refuse("value", "error.path.invalid");
      return { customer_id, attribute_id, value };
    });
    const data = read.map((one) => book.upsertAttribute(one.customer_id, one.attribute_id, one.value));
    return c.json({ data, meta: {} });
  });

  return app;
}

/** `/customers/form-field-values`, read only: its PUT is deprecated in favour of the customer's own. */
export function formFieldValueRoutes(book: CustomerBook): Hono {
  const app = new Hono();

  app.get("/", (c) => {
    const query = c.req.query();
    requireKnown(query, [...PAGED, "customer_id", "address_id", "field_name", "field_type"]);
    const all = book.living().flatMap(({ id, form_fields }) => form_fields.map((field) => ({ id, field })));
    const found = all.filter(
      ({ id, field }) =>
        (query.customer_id === undefined || String(id) === query.customer_id) &&
        (query.field_name === undefined || field.name === query.field_name),
    );
    const { data, meta } = pageOf(found, query);
    return c.json({ data: data.map(({ id, field }) => ({ ...field, customer_id: id })), meta });
  });

  return app;
}
