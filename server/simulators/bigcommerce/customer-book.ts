import type { Store } from "../kit/file-store.ts";
import type { CustomerBody } from "./customer-body.ts";
import type { BigCommerceState, FormFieldValue, StoredAttributeValue, StoredCustomer } from "./state.ts";

export type CustomerChanges = Partial<Omit<StoredCustomer, "id" | "date_created" | "date_modified">>;

/** The store's customers and their attribute values. There is one primary store and no lagging index. */
export function createCustomerBook(store: Store<BigCommerceState>, now: () => number) {
  const state = () => store.state;

  function put(customer: StoredCustomer): StoredCustomer {
    state().customers[customer.id] = customer;
    store.save();
    return customer;
  }

  function nextId(): number {
    state().lastId += 1;
    return state().lastId;
  }

  function find(id: number): StoredCustomer | undefined {
    const customer = state().customers[id];
    return customer?.deleted === false ? customer : undefined;
  }

  return {
    nextId,
    find,
    living: () => Object.values(state().customers).filter((customer) => !customer.deleted),

    insert(changes: CustomerChanges): StoredCustomer {
      const at = stampOf(now());
      return put({ ...blank(nextId(), at), ...changes });
    },

    change(customer: StoredCustomer, changes: CustomerChanges): StoredCustomer {
      return put({ ...customer, ...changes, date_modified: stampOf(now()) });
    },

    /** Somebody else whose email this is, on a channel that both may sign in to. Emails are unique there. */
    ownerOf(email: string, channels: StoredCustomer["channel_ids"], but: number | null): StoredCustomer | undefined {
      return Object.values(state().customers).find(
        (other) =>
          !other.deleted &&
          other.id !== but &&
          other.email.toLowerCase() === email.toLowerCase() &&
          (channels === null || other.channel_ids === null || other.channel_ids.some((id) => channels.includes(id))),
      );
    },

    attributesOf: (customerId: number) => state().attributeValues.filter((value) => value.customer_id === customerId),

    upsertAttribute(customerId: number, attributeId: number, text: string): StoredAttributeValue {
      const at = stampOf(now());
      const values = state().attributeValues;
      const index = values.findIndex((one) => one.customer_id === customerId && one.attribute_id === attributeId);
      const value = {
        id: values[index]?.id ?? nextId(),
        attribute_id: attributeId,
        attribute_value: text,
        customer_id: customerId,
        date_created: values[index]?.date_created ?? at,
        date_modified: at,
      };
      if (index < 0) values.push(value);
      else values[index] = value;
      store.save();
      return value;
    },
  };
}

export type CustomerBook = ReturnType<typeof createCustomerBook>;

/** BigCommerce's times: ISO 8601, whole seconds, `Z`. */
export function stampOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

export function withFormFields(old: readonly FormFieldValue[], written: readonly FormFieldValue[]): FormFieldValue[] {
  const all = new Map([...old, ...written].map((field) => [field.name, field]));
  return [...all.values()];
}

/** What a body changes in a customer. */
export function changesOf(body: CustomerBody, old: readonly FormFieldValue[]): CustomerChanges {
  return {
    ...body.texts,
    ...(body.customer_group_id !== undefined && { customer_group_id: body.customer_group_id }),
    ...(body.channel_ids !== undefined && { channel_ids: body.channel_ids }),
    form_fields: withFormFields(old, body.form_fields),
  };
}

function blank(id: number, at: string): StoredCustomer {
  return {
    id,
    email: "",
    first_name: "",
    last_name: "",
    company: "",
    phone: "",
    notes: "",
    tax_exempt_category: "",
    customer_group_id: 0,
    registration_ip_address: "",
    force_password_reset: false,
    accepts_product_review_abandoned_cart_emails: false,
    origin_channel_id: 1,
    channel_ids: null,
    form_fields: [],
    addresses: [],
    date_created: at,
    date_modified: at,
    deleted: false,
  };
}
