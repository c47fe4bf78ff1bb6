import { z } from "zod";
import type { Connector, RecordRef } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { checkStore } from "./check-store.ts";
import { type BigCommerceClient, pathTo } from "./client.ts";
import { createCustomers, missing } from "./customers.ts";
import {
  describeAttribute,
  describeFormFields,
  describeStandardFields,
  toCreateBody,
  toCrmRecord,
  toUpdate,
} from "./fields.ts";
import { MAX_NOTES_BYTES, noteMarker, withEntry } from "./notes-text.ts";
import { CUSTOMERS } from "./read-customers.ts";
import { AttributesAnswer, type BigCommerceFacts, FormFieldValuesAnswer } from "./schema.ts";

interface BigCommerceConnectorInput {
  readonly call: BigCommerceClient;
  readonly storeHash: string;
  /** Where people open customers, without a trailing slash; null: as the store says. */
  readonly storeUrl: string | null;
  readonly facts: BigCommerceFacts;
  /** Epoch ms. */
  readonly now: () => number;
}

const MAX_PAGE = 250;

export function createBigCommerceConnector(input: BigCommerceConnectorInput): Connector {
  const { call, storeHash, storeUrl, facts, now } = input;
  const customers = createCustomers({ call, facts, now });

  return {
    async findContacts(query, properties) {
      const found = await customers.find(query, properties);
      return found.map((customer) => toCrmRecord(customer, properties));
    },

    async getContact(ref, properties) {
      const id = idOf(ref);
      const customer = id === null ? undefined : await customers.read(id, properties);
      return customer ? { kind: "found", record: toCrmRecord(customer, properties) } : { kind: "gone" };
    },

    /** The key has no place in BigCommerce: the email, unique in the store, stands for it. */
    async createContact(values, _key, properties) {
      return toCrmRecord(await customers.create(toCreateBody(values), properties), properties);
    },

    async updateContact(ref, changes, _ifVersion, properties) {
      return toCrmRecord(await customers.update(existingId(ref), toUpdate(changes), properties), properties);
    },

    async describeFields() {
      const query = { limit: [MAX_PAGE] };
      const attributesPath = pathTo("/v3/customers/attributes", query);
      const attributes = await call(AttributesAnswer, { method: "GET", path: attributesPath });
      const valuesPath = pathTo("/v3/customers/form-field-values", query);
      const values = await call(FormFieldValuesAnswer, { method: "GET", path: valuesPath });
      return [
        ...describeStandardFields(),
        ...attributes.data.map(describeAttribute),
        ...describeFormFields(values.data),
      ];
    },

    /** One text that staff write in too: it is read just before, kept whole, and written back with ours below. */
    async addNote(ref, note, key) {
      const id = existingId(ref);
      const { notes } = await customers.existing(id, []);
      if (notes?.includes(noteMarker(key))) return { noteId: key };
      const text = withEntry(notes ?? "", note, key);
      if (Buffer.byteLength(text) > MAX_NOTES_BYTES) {
        const words = "The customer's notes in BigCommerce are too long to add to.";
        throw new ConnectorError("invalid_field", words, { properties: ["notes"] });
      }
      const update = { customer: { notes: text }, attributes: [], writesFormFields: false };
      const written = await customers.update(id, update, []);
      if (!written.notes?.includes(noteMarker(key))) {
        throw new ConnectorError("bad_response", "BigCommerce did not keep the note.", { outcome: "unknown" });
      }
      return { noteId: key };
    },

    /** BigCommerce answers the same whether the customer was there. */
    async deleteContact(ref) {
      const id = idOf(ref);
      if (id !== null) await call(z.unknown(), { method: "DELETE", path: pathTo(CUSTOMERS, { "id:in": [id] }) });
    },

    checkConnection: () => checkStore(call),

    recordUrl({ externalId }) {
      const panel = storeUrl ?? facts.controlPanelUrl ?? `https://store-${storeHash}.mybigcommerce.com`;
      return `${panel.replace(/\/+$/, "")}/manage/customers/${encodeURIComponent(externalId)}/edit`;
    },
  };
}

function idOf({ externalId }: RecordRef): number | null {
  return /^[1-9]\d{0,9}$/.test(externalId) ? Number(externalId) : null;
}

function existingId(ref: RecordRef): number {
  const id = idOf(ref);
  if (id === null) throw missing();
  return id;
}
