import type { Connector, RecordRef } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { checkStore } from "./check-store.ts";
import { type BigCommerceClient, pathTo } from "./client.ts";
import {
  type CustomerUpdate,
  describeAttribute,
  describeFormFields,
  describeStandardFields,
  toCreateBody,
  toCrmRecord,
  toUpdate,
} from "./fields.ts";
import { createFinder } from "./find-customers.ts";
import { MAX_NOTES_BYTES, noteMarker, withEntry } from "./notes-text.ts";
import { wantedParts } from "./properties.ts";
import { ATTRIBUTE_VALUES, CUSTOMERS, createCustomerReader, mergeAttributes } from "./read-customers.ts";
import {
  AttributesAnswer,
  type AttributeValue,
  AttributeValuesAnswer,
  type BigCommerceFacts,
  type Customer,
  CustomersAnswer,
  FormFieldValuesAnswer,
} from "./schema.ts";

export interface BigCommerceConnectorInput {
  readonly call: BigCommerceClient;
  readonly storeHash: string;
  /** Where people open customers, without a trailing slash; null: as the store says. */
  readonly storeUrl: string | null;
  readonly facts: BigCommerceFacts;
  /** Epoch ms. */
  readonly now: () => number;
}

/** How long a read may stand for the parts an update's answer leaves out. */
const READ_JUST_BEFORE_MS = 10_000;

export function createBigCommerceConnector(input: BigCommerceConnectorInput): Connector {
  const { call, storeHash, storeUrl, facts, now } = input;
  const readCustomers = createCustomerReader(call);
  const findCustomers = createFinder(readCustomers, facts);
  const lastReads = new Map<number, { at: number; customer: Customer }>();

  function remember(customer: Customer): Customer {
    lastReads.set(customer.id, { at: now(), customer });
    return customer;
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

  /** An update's answer has neither attributes nor, perhaps, form fields: those are known from just before, or read now. */
  async function asItIsNow(
    id: number,
    { written, values, update }: { written?: Customer; values: readonly AttributeValue[]; update?: CustomerUpdate },
    properties: readonly string[],
  ): Promise<Customer> {
    const last = lastReads.get(id);
    const before = last && now() - last.at <= READ_JUST_BEFORE_MS ? last.customer : undefined;
    const base = written ?? before;
    const wanted = wantedParts(properties);
    const attributes = wanted.attributeIds.length > 0 ? before?.attributes : [];
    const formFields = written?.form_fields ?? (update?.writesFormFields ? undefined : before?.form_fields);
    if (!base || !attributes || (wanted.formFields && !formFields)) return await existing(id, properties);
    return remember({ ...base, attributes: mergeAttributes(attributes, values), form_fields: formFields });
  }

  async function putCustomer(id: number, body: Record<string, unknown>): Promise<Customer> {
    const { data } = await call(CustomersAnswer, { method: "PUT", path: CUSTOMERS, body: [{ id, ...body }] });
    const written = data.find((customer) => customer.id === id);
    return written ?? (await existing(id, []));
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

  return {
    async findContacts(query, properties) {
      const customers = await findCustomers(query, properties);
      return customers.map((customer) => toCrmRecord(remember(customer), properties));
    },

    async getContact(ref, properties) {
      const id = idOf(ref);
      const customer = id === null ? undefined : await read(id, properties);
      return customer ? { kind: "found", record: toCrmRecord(customer, properties) } : { kind: "gone" };
    },

    /** The key has no place in BigCommerce: the email, unique in the store, stands for it. */
    async createContact(values, _key, properties) {
      const body = toCreateBody(values);
      let made: Customer | undefined;
      try {
        [made] = (await call(CustomersAnswer, { method: "POST", path: CUSTOMERS, body: [body] })).data;
      } catch (error) {
        throw await whyRefused(error, null, values.email);
      }
      if (!made)
        throw new ConnectorError("bad_response", "BigCommerce did not say whom it created.", { outcome: "unknown" });
      return toCrmRecord(await asItIsNow(made.id, { written: made, values: [] }, properties), properties);
    },

    async updateContact(ref, changes, _ifVersion, properties) {
      const id = existingId(ref);
      const update = toUpdate(changes);
      try {
        const written = update.customer ? await putCustomer(id, update.customer) : undefined;
        const values = await putAttributes(call, id, update, written !== undefined);
        return toCrmRecord(await asItIsNow(id, { written, values, update }, properties), properties);
      } catch (error) {
        throw await whyRefused(error, id, changes.email);
      }
    },

    async describeFields() {
      const attributes = await call(AttributesAnswer, {
        method: "GET",
        path: pathTo("/v3/customers/attributes", { limit: [250] }),
      });
      const formFields = await call(FormFieldValuesAnswer, {
        method: "GET",
        path: pathTo("/v3/customers/form-field-values", { limit: [250] }),
      });
      return [
        ...describeStandardFields(),
        ...attributes.data.map(describeAttribute),
        ...describeFormFields(formFields.data),
      ];
    },

    /** One text that staff write in too: what stands there is read just before, kept whole, and written back with ours below. */
    async addNote(ref, note, key) {
      const id = existingId(ref);
      const { notes } = await existing(id, []);
      if (notes?.includes(noteMarker(key))) return { noteId: key };
      const text = withEntry(notes ?? "", note, key);
      if (Buffer.byteLength(text) > MAX_NOTES_BYTES) {
        throw new ConnectorError("invalid_field", "The customer's notes in BigCommerce are too long to add to.", {
          properties: ["notes"],
        });
      }
      const written = await putCustomer(id, { notes: text });
      if (!written.notes?.includes(noteMarker(key))) {
        throw new ConnectorError("bad_response", "BigCommerce did not keep the note.", { outcome: "unknown" });
      }
      return { noteId: key };
    },

    checkConnection: () => checkStore(call, readCustomers),

    recordUrl({ externalId }) {
      const panel = storeUrl ?? facts.controlPanelUrl ?? `https://store-${storeHash}.mybigcommerce.com`;
      return `${panel.replace(/\/+$/, "")}/manage/customers/${encodeURIComponent(externalId)}/edit`;
    },
  };
}

/** Attributes have a call of their own; after the customer's, its failure leaves a half that is told as `unknown`. */
async function putAttributes(
  call: BigCommerceClient,
  customerId: number,
  { attributes }: CustomerUpdate,
  isSecond: boolean,
): Promise<readonly AttributeValue[]> {
  if (attributes.length === 0) return [];
  const body = attributes.map(({ id, value }) => ({ customer_id: customerId, attribute_id: id, value }));
  try {
    return (await call(AttributeValuesAnswer, { method: "PUT", path: ATTRIBUTE_VALUES, body })).data;
  } catch (error) {
    if (!(error instanceof ConnectorError) || !isSecond) throw error;
    const { code, message, retryAfterMs, properties, status, requestId, cause } = error;
    throw new ConnectorError(code, message, { outcome: "unknown", retryAfterMs, properties, status, requestId, cause });
  }
}

function idOf({ externalId }: RecordRef): number | null {
  return /^[1-9]\d{0,9}$/.test(externalId) ? Number(externalId) : null;
}

function existingId(ref: RecordRef): number {
  const id = idOf(ref);
  if (id === null) throw missing();
  return id;
}

function missing(): ConnectorError {
  return new ConnectorError("not_found", "BigCommerce does not have this customer.");
}
