import { type BigCommerceClient, pathTo } from "./client.ts";
import { wantedParts } from "./properties.ts";
import { type AttributeValue, AttributeValuesAnswer, type Customer, CustomersAnswer } from "./schema.ts";

export const CUSTOMERS = "/v3/customers";
export const ATTRIBUTE_VALUES = "/v3/customers/attribute-values";
/** BigCommerce's largest page. */
const MAX_PAGE = 250;
/** Attributes in a customer; the rest is left out. */
const MAX_CARRIED = 10;

export type Filter = Readonly<Record<string, readonly (string | number)[]>>;

/** Reads customers, with the attributes and form fields that the properties name. One call; two when attributes are cut off. */
export type CustomerReader = (filter: Filter, properties: readonly string[]) => Promise<Customer[]>;

export function createCustomerReader(call: BigCommerceClient): CustomerReader {
  return async function readCustomers(filter, properties) {
    const { attributeIds, formFields } = wantedParts(properties);
    const include = [...(attributeIds.length > 0 ? ["attributes"] : []), ...(formFields ? ["formfields"] : [])];
    const path = pathTo(CUSTOMERS, { ...filter, include });
    const { data } = await call(CustomersAnswer, { method: "GET", path });
    const cut = attributeIds.length > 0 ? data.filter(isCutOff) : [];
    if (cut.length === 0) return data;
    const values = await readAttributes(
      cut.map(({ id }) => id),
      attributeIds,
    );
    return data.map((customer) =>
      cut.includes(customer)
        ? { ...customer, attributes: values.filter(({ customer_id }) => customer_id === customer.id) }
        : customer,
    );
  };

  async function readAttributes(customerIds: readonly number[], attributeIds: readonly number[]) {
    const path = pathTo(ATTRIBUTE_VALUES, {
      "customer_id:in": customerIds,
      "attribute_id:in": attributeIds,
      limit: [MAX_PAGE],
    });
    return (await call(AttributeValuesAnswer, { method: "GET", path })).data;
  }
}

/** Their count tells when a customer has more attributes than it carries; without it, as many as it may carry are suspect. */
function isCutOff({ attributes, attribute_count }: Customer): boolean {
  if (!attributes) return true;
  return typeof attribute_count === "number" ? attributes.length < attribute_count : attributes.length >= MAX_CARRIED;
}

/** The attributes known from a read, with what a write answered on top. */
export function mergeAttributes(
  known: readonly AttributeValue[],
  written: readonly AttributeValue[],
): AttributeValue[] {
  return [...new Map([...known, ...written].map((value) => [value.attribute_id, value])).values()];
}
