import { GhlApiError, unprocessable } from "./api-error.ts";
import { objectOf } from "./contact-body.ts";
import { fullNameOf, toSearchRow } from "./contact-shapes.ts";
import { readFilters } from "./search-filter.ts";
import type { GhlLocation, StoredContact } from "./state.ts";

type SortValue = string | number;

const ALLOWED = ["locationId", "pageLimit", "page", "searchAfter", "filters", "sort", "query"];
const MAX_PAGE = 500;
/** Pages by number end here; `searchAfter` goes on. */
const MAX_PAGED = 10_000;

const SORT_FIELDS: Readonly<Record<string, (contact: StoredContact) => SortValue>> = {
  email: ({ values }) => values.email ?? "",
  dnd: (contact) => (contact.dnd ? 1 : 0),
  source: ({ values }) => values.source ?? "",
  firstNameLowerCase: ({ values }) => values.firstName?.toLowerCase() ?? "",
  lastNameLowerCase: ({ values }) => values.lastName?.toLowerCase() ?? "",
  dateAdded: (contact) => Date.parse(contact.dateAdded),
  dateUpdated: (contact) => Date.parse(contact.dateUpdated),
};

/** Answers `POST /contacts/search` from the contacts that the index shows. */
export function searchContacts(json: unknown, contacts: readonly StoredContact[], location: GhlLocation) {
  const body = objectOf(json);
  const pageLimit = readPageLimit(body);
  const answers = readFilters(body.filters, location.timezone);
  const query = typeof body.query === "string" ? body.query.toLowerCase() : "";
  const { sortValue, direction } = readSort(body.sort);

  const order = (a: readonly [SortValue, string], b: readonly [SortValue, string]) =>
    direction * (compare(a[0], b[0]) || compare(a[1], b[1]));
  const all = contacts
    .filter((contact) => answers(contact) && (query === "" || textOf(contact).includes(query)))
    .map((contact) => ({ contact, cursor: [sortValue(contact), contact.id] as const }))
    .sort((a, b) => order(a.cursor, b.cursor));

  const after = readCursor(body.searchAfter);
  const rest = after ? all.filter(({ cursor }) => order(cursor, after) > 0) : all.slice(skipped(body.page, pageLimit));
  return {
    contacts: rest.slice(0, pageLimit).map(({ contact, cursor }) => toSearchRow(contact, location.id, cursor)),
    total: all.length,
  };
}

function readPageLimit(body: Record<string, unknown>): number {
  const problems = Object.keys(body)
    .filter((name) => !ALLOWED.includes(name))
    .map((name) => `property ${name} should not exist`);
  if (typeof body.locationId !== "string") problems.push("LocationId can't be undefined");
  const { pageLimit } = body;
  if (typeof pageLimit !== "number" || pageLimit < 1) problems.push("pageLimit must be a positive number");
  else if (pageLimit > MAX_PAGE) problems.push(`pageLimit must not be greater than ${MAX_PAGE}`);
  if (typeof body.query === "string" && body.query.length > 75) problems.push("query must not exceed 75 characters");
  if (problems.length > 0 || typeof pageLimit !== "number") throw unprocessable(problems);
  if (body.page !== undefined && body.searchAfter !== undefined) {
    throw new GhlApiError(400, "page and searchAfter can't be used together");
  }
  return pageLimit;
}

/** Without a sort the newest come first. */
function readSort(sort: unknown) {
  const [first] = Array.isArray(sort) ? sort : [];
  const { field, direction } = first === undefined ? { field: "dateAdded", direction: "desc" } : objectOf(first);
  const sortValue = typeof field === "string" ? SORT_FIELDS[field] : undefined;
  if (!sortValue) throw new GhlApiError(400, "Invalid sort field");
  return { sortValue, direction: direction === "asc" ? 1 : -1 };
}

function skipped(page: unknown, pageLimit: number): number {
  const number = typeof page === "number" && page > 1 ? page : 1;
  if (number * pageLimit > MAX_PAGED) throw new GhlApiError(400, `Only the first ${MAX_PAGED} records can be paged`);
  return (number - 1) * pageLimit;
}

function readCursor(searchAfter: unknown): readonly [SortValue, string] | undefined {
  if (searchAfter === undefined) return undefined;
  const [value, id] = Array.isArray(searchAfter) ? searchAfter : [];
  if ((typeof value === "string" || typeof value === "number") && typeof id === "string") return [value, id];
  throw new GhlApiError(400, "Invalid searchAfter");
}

function compare(a: SortValue, b: SortValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function textOf(contact: StoredContact): string {
  const { email, phone, companyName } = contact.values;
  return [fullNameOf(contact), email, phone, companyName].filter(Boolean).join("\n").toLowerCase();
}
