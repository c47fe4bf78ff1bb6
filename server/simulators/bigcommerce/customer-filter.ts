import { BigCommerceApiError } from "./api-error.ts";
import type { StoredCustomer } from "./state.ts";

export interface FilterOptions {
  /** Whether `phone:in` takes a list like other `:in` filters; its specification names a plain text. */
  readonly phoneLists: boolean;
}

type Filter = (customer: StoredCustomer, wanted: string, options: FilterOptions) => boolean;

const FILTERS: Readonly<Record<string, Filter>> = {
  "id:in": ({ id }, wanted) => listOf(wanted).includes(String(id)),
  "email:in": ({ email }, wanted) => hasText(wanted, email),
  "company:in": ({ company }, wanted) => hasText(wanted, company),
  "customer_group_id:in": (customer, wanted) => listOf(wanted).includes(String(customer.customer_group_id)),
  "registration_ip_address:in": (customer, wanted) => hasText(wanted, customer.registration_ip_address),
  "name:in": (customer, wanted) => hasText(wanted, nameOf(customer)),
  "name:like": (customer, wanted) =>
    listOf(wanted).some((part) => nameOf(customer).toLowerCase().includes(part.toLowerCase())),
  // the stored text as it stands: neither digits only nor a part of it
  "phone:in": ({ phone }, wanted, { phoneLists }) =>
    phone !== "" && (phoneLists ? listOf(wanted).includes(phone) : wanted === phone),
  date_created: (customer, wanted) => customer.date_created.startsWith(wanted.replace(/Z$/, "")),
  "date_created:min": (customer, wanted) => Date.parse(customer.date_created) > Date.parse(wanted),
  "date_created:max": (customer, wanted) => Date.parse(customer.date_created) < Date.parse(wanted),
  date_modified: (customer, wanted) => customer.date_modified.startsWith(wanted.replace(/Z$/, "")),
  "date_modified:min": (customer, wanted) => Date.parse(customer.date_modified) > Date.parse(wanted),
  "date_modified:max": (customer, wanted) => Date.parse(customer.date_modified) < Date.parse(wanted),
};

const OTHERS = ["page", "limit", "after", "before", "sort", "include"];
const SORTED_BY = ["date_created", "date_modified", "last_name"] as const;

/** The customers a query asks for, in its order. All filters must hold. */
export function selectCustomers(
  customers: readonly StoredCustomer[],
  query: Readonly<Record<string, string>>,
  options: FilterOptions,
): StoredCustomer[] {
  requireKnown(query, [...Object.keys(FILTERS), ...OTHERS]);
  const wanted = Object.entries(query).flatMap(([name, value]) => {
    const filter = FILTERS[name];
    return filter ? [{ filter, value }] : [];
  });
  const found = customers.filter((one) => wanted.every(({ filter, value }) => filter(one, value, options)));
  return found.sort(orderOf(query.sort));
}

export function requireKnown(query: Readonly<Record<string, string>>, known: readonly string[]): void {
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new BigCommerceApiError(422, `The filter(s): ${unknown.join(", ")} are not valid filter parameter(s).`);
}

export function listOf(value: string): string[] {
  return value.split(",").map((one) => one.trim());
}

function hasText(wanted: string, text: string): boolean {
  return text !== "" && listOf(wanted).some((one) => one.toLowerCase() === text.toLowerCase());
}

function nameOf({ first_name, last_name }: StoredCustomer): string {
  return `${first_name} ${last_name}`;
}

function orderOf(sort: string | undefined): (a: StoredCustomer, b: StoredCustomer) => number {
  if (sort === undefined) return (a, b) => a.id - b.id;
  const [name, direction] = sort.split(":");
  const field = SORTED_BY.find((one) => one === name);
  if (!field || (direction !== "asc" && direction !== "desc")) {
    throw new BigCommerceApiError(422, `Invalid sort: ${sort}`);
  }
  const sign = direction === "asc" ? 1 : -1;
  return (a, b) => sign * (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : a.id - b.id);
}
