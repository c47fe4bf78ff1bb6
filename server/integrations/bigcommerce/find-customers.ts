import type { FindQuery, PhoneQuery } from "../../domain/connector.ts";
import type { CustomerReader } from "./read-customers.ts";
import type { BigCommerceFacts, Customer } from "./schema.ts";

/** Where `phone:in` takes one number at a time, no more of them than this are tried. */
const MAX_SINGLE_PHONES = 6;

/**
 * Everybody who has the email, and everybody who has the phone; one call for each, because filters narrow each other.
 * A store with several storefronts may know one email more than once, and then all are handed out.
 */
export function createFinder(readCustomers: CustomerReader, facts: BigCommerceFacts) {
  return async function findCustomers(query: FindQuery, properties: readonly string[]): Promise<Customer[]> {
    const byEmail = query.email ? await withEmail(query.email, properties) : [];
    const isEnough = byEmail.length > 0 && query.phoneOnlyIfNoEmail;
    const byPhone = query.phone && !isEnough ? await withPhone(query.phone, properties) : [];
    return [...new Map([...byEmail, ...byPhone].map((customer) => [customer.id, customer])).values()];
  };

  /** Whether the filter minds the case is not documented: both spellings are asked for. */
  async function withEmail(email: string, properties: readonly string[]): Promise<Customer[]> {
    const values = expressible([email, email.toLowerCase()]);
    return values.length > 0 ? await readCustomers({ "email:in": values }, properties) : [];
  }

  /** The filter compares the stored text as it stands, so every spelling is asked for. */
  async function withPhone(phone: PhoneQuery, properties: readonly string[]): Promise<Customer[]> {
    const values = expressible([phone.e164, phone.national, ...phone.spellings]);
    if (facts.phoneLists !== false) return await readCustomers({ "phone:in": values }, properties);
    const found: Customer[] = [];
    for (const value of values.slice(0, MAX_SINGLE_PHONES)) {
      found.push(...(await readCustomers({ "phone:in": [value] }, properties)));
    }
    return found;
  }
}

/** A list filter has no way to spell a comma inside a value. */
function expressible(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => !value.includes(","));
}
