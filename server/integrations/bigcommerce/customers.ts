import type { FindQuery } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import type { BigCommerceClient } from "./client.ts";
import type { CustomerUpdate } from "./fields.ts";
import { createFinder } from "./find-customers.ts";
import { wantedParts } from "./properties.ts";
import { ATTRIBUTE_VALUES, CUSTOMERS, createCustomerReader, mergeAttributes } from "./read-customers.ts";
import {
  type AttributeValue,
  AttributeValuesAnswer,
  type BigCommerceFacts,
  type Customer,
  CustomersAnswer,
} from "./schema.ts";

interface CustomersInput {
  readonly call: BigCommerceClient;
  readonly facts: BigCommerceFacts;
  /** Epoch ms. */
  readonly now: () => number;
}

/** How long a read may stand for the parts an update's answer leaves out. */
const READ_JUST_BEFORE_MS = 10_000;

/** Reading and writing customers by id, whole as far as the named properties go. */
export function createCustomers({ call, facts, now }: CustomersInput) {
  const readCustomers = createCustomerReader(call);
  const findCustomers = createFinder(readCustomers, facts);
  const lastReads = new Map<number, { at: number; customer: Customer }>();

  function remember(customer: Customer): Customer {
    lastReads.set(customer.id, { at: now(), customer });
    return customer;
  }

  async function find(query: FindQuery, properties: readonly string[]): Promise<Customer[]> {
    return (await findCustomers(query, properties)).map(remember);
  }

  /** There is no read of one customer; a filter by id is one. */
  async function read(id: number, properties: readonly string[]): Promise<Customer | undefined> {
    const [customer] = await readCustomers({ "id:in": [id] }, properties);
    return customer && remember(customer);
  }

  async function existing(id: number, properties: readonly string[]): Promise<Customer> {
    const customer = await read(id, properties);
    if (!customer) throw missing();
    return customer;
  }

  async function post(body: Readonly<Record<string, unknown>>): Promise<Customer> {
    const { data } = await call(CustomersAnswer, { method: "POST", path: CUSTOMERS, body: [body] });
    const [made] = data;
    if (made) return made;
    throw new ConnectorError("bad_response", "BigCommerce did not say whom it created.", { outcome: "unknown" });
  }

  async function put(id: number, body: Readonly<Record<string, unknown>>): Promise<Customer> {
    const { data } = await call(CustomersAnswer, { method: "PUT", path: CUSTOMERS, body: [{ id, ...body }] });
    return data.find((customer) => customer.id === id) ?? (await existing(id, []));
  }

  /** Attributes have a call of their own. When it fails after the customer's, half is done: the outcome is `unknown`. */
  async function putAttributes(id: number, update: CustomerUpdate): Promise<readonly AttributeValue[]> {
    if (update.attributes.length === 0) return [];
    const body = update.attributes.map((one) => ({ customer_id: id, attribute_id: one.id, value: one.value }));
    try {
      return (await call(AttributeValuesAnswer, { method: "PUT", path: ATTRIBUTE_VALUES, body })).data;
    } catch (error) {
      if (!(error instanceof ConnectorError) || !update.customer) throw error;
      const { code, message, retryAfterMs, properties, status, requestId } = error;
      const details = { retryAfterMs, properties, status, requestId, cause: error };
      throw new ConnectorError(code, message, { ...details, outcome: "unknown" });
    }
  }

  /** BigCommerce gives no reason for most refusals; the two that the engine can act on are looked for. */
  async function whyRefused(error: unknown, id: number | null, email: unknown): Promise<unknown> {
    if (!(error instanceof ConnectorError) || error.code !== "invalid_field") return error;
    if (id !== null && !(await read(id, []))) return missing();
    if (typeof email !== "string") return error;
    const owners = (await findCustomers({ email }, [])).filter((customer) => customer.id !== id);
    if (owners.length === 0) return error;
    const [only, ...others] = owners.map((customer) => String(customer.id));
    return new ConnectorError("duplicate", "BigCommerce: Another customer has this email.", {
      existingId: others.length === 0 ? only : undefined,
      properties: ["email"],
      status: error.status,
    });
  }

  /** What a write's answer leaves out (attributes, perhaps form fields) is known from just before, or read now. */
  async function asItIsNow(id: number, written: Written, properties: readonly string[]): Promise<Customer> {
    const last = lastReads.get(id);
    const before = last && now() - last.at <= READ_JUST_BEFORE_MS ? last.customer : undefined;
    const base = written.customer ?? before;
    const wanted = wantedParts(properties);
    const attributes = wanted.attributeIds.length > 0 ? before?.attributes : [];
    const unwritten = written.formFields ? undefined : before?.form_fields;
    const formFields = written.customer?.form_fields ?? unwritten;
    if (!base || !attributes || (wanted.formFields && !formFields)) return await existing(id, properties);
    return remember({ ...base, attributes: mergeAttributes(attributes, written.attributes), form_fields: formFields });
  }

  return {
    find,
    read,
    existing,

    async create(body: Readonly<Record<string, unknown>>, properties: readonly string[]): Promise<Customer> {
      try {
        const customer = await post(body);
        return await asItIsNow(customer.id, { customer, attributes: [], formFields: true }, properties);
      } catch (error) {
        throw await whyRefused(error, null, body.email);
      }
    },

    async update(id: number, update: CustomerUpdate, properties: readonly string[]): Promise<Customer> {
      try {
        const customer = update.customer ? await put(id, update.customer) : undefined;
        const attributes = await putAttributes(id, update);
        return await asItIsNow(id, { customer, attributes, formFields: update.writesFormFields }, properties);
      } catch (error) {
        throw await whyRefused(error, id, update.customer?.email);
      }
    },
  };
}

interface Written {
  /** The answer of the customer's own write, if there was one. */
  readonly customer: Customer | undefined;
  readonly attributes: readonly AttributeValue[];
  /** Whether form fields were sent. */
  readonly formFields: boolean;
}

export function missing(): ConnectorError {
  return new ConnectorError("not_found", "BigCommerce does not have this customer.");
}
