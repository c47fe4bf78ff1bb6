import { Hono } from "hono";
import { type CustomerBody, readCustomers, refusedWrite } from "./customer-body.ts";
import { type CustomerBook, changesOf } from "./customer-book.ts";
import { type FilterOptions, listOf, selectCustomers } from "./customer-filter.ts";
import { pageOf } from "./paging.ts";
import type { BigCommerceState, StoredCustomer } from "./state.ts";

interface CustomerRoutesInput extends FilterOptions {
  readonly book: CustomerBook;
  readonly state: () => BigCommerceState;
  /** What an update of a customer that is not there gets: the documents do not say. */
  readonly missingOnUpdate: "refuse" | "nothing";
}

/** Sub-resources in a customer are cut off after so many; `attribute_count` tells how many there are. */
const MOST_SUBRESOURCES = 10;

/** `/stores/{hash}/v3/customers`. There is no read of a single customer: it is asked for by `id:in`. */
export function customerRoutes(input: CustomerRoutesInput): Hono {
  const { book, state, missingOnUpdate } = input;
  const app = new Hono();

  app.get("/", (c) => {
    const query = c.req.query();
    const { data, meta } = pageOf(selectCustomers(book.living(), query, input), query);
    return c.json({ data: data.map((customer) => toCustomer(customer, book, listOf(query.include ?? ""))), meta });
  });

  app.post("/", async (c) => {
    const bodies = readCustomers(await c.req.json(), "create");
    for (const body of bodies) {
      requireFreeEmail(body, body.channel_ids ?? null, "create");
      requireKnownFields(body, "create");
    }
    const made = bodies.map((body) => {
      const customer = book.insert(changesOf(body, []));
      for (const { attribute_id, attribute_value } of body.attributes) {
        book.upsertAttribute(customer.id, attribute_id, attribute_value);
      }
      return customer;
    });
    return c.json({ data: made.map((customer) => toCustomer(customer, book, [])), meta: {} });
  });

  app.put("/", async (c) => {
    const bodies = readCustomers(await c.req.json(), "update");
    const written = bodies.flatMap((body) => {
      const customer = book.find(body.id ?? 0);
      if (!customer && missingOnUpdate === "refuse") throw refusedWrite("update");
      if (!customer) return [];
      requireFreeEmail(body, body.channel_ids ?? customer.channel_ids, "update");
      requireKnownFields(body, "update");
      return [{ customer, body }];
    });
    const changed = written.map(({ customer, body }) => book.change(customer, changesOf(body, customer.form_fields)));
    return c.json({ data: changed.map((customer) => toCustomer(customer, book, [])), meta: {} });
  });

  app.delete("/", (c) => {
    const ids = c.req.query("id:in");
    for (const id of ids === undefined ? [] : listOf(ids)) {
      const customer = book.find(Number(id));
      if (customer) book.change(customer, { deleted: true });
    }
    return c.body(null, 204);
  });

  return app;

  function requireFreeEmail(body: CustomerBody, channels: StoredCustomer["channel_ids"], kind: "create" | "update") {
    const { email } = body.texts;
    if (email !== undefined && book.ownerOf(email, channels, body.id ?? null)) throw refusedWrite(kind);
  }

  function requireKnownFields({ form_fields, attributes }: CustomerBody, kind: "create" | "update") {
    const { formFields, attributes: defined } = state();
    const field = form_fields.find(({ name }) => !formFields.some((one) => one.name === name));
    if (field) throw refusedWrite(kind, { form_fields: `Form field ${field.name} does not exist` });
    const unknown = attributes.find(({ attribute_id }) => !defined.some(({ id }) => id === attribute_id));
    if (unknown) throw refusedWrite(kind, { attributes: `Attribute ${unknown.attribute_id} does not exist` });
  }
}

/** Attribute names are not on the customer, nor are sub-resources that were not asked for. */
function toCustomer(customer: StoredCustomer, book: CustomerBook, include: readonly string[]) {
  const { deleted: _, addresses, form_fields, force_password_reset, ...shown } = customer;
  const attributes = book.attributesOf(customer.id);
  return {
    ...shown,
    address_count: addresses.length,
    attribute_count: attributes.length,
    authentication: { force_password_reset },
    ...(include.includes("addresses") && {
      addresses: addresses.slice(0, MOST_SUBRESOURCES).map((address) => ({ ...address, customer_id: customer.id })),
    }),
    ...(include.includes("attributes") && { attributes: attributes.slice(0, MOST_SUBRESOURCES) }),
    ...(include.includes("formfields") && {
      form_fields: form_fields.map((field) => ({ ...field, customer_id: customer.id })),
    }),
    ...(include.includes("storecredit") && { store_credit_amounts: [{ amount: 0 }] }),
  };
}
