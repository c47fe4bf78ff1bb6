import type { Account } from "./account.ts";
import { validationError } from "./api-failure.ts";
import { DEFAULT_PROPERTIES } from "./contact-properties.ts";
import { findProperty } from "./property-catalog.ts";
import { isObject, type JsonObject, objectsIn, optionalText, textsIn, wholeNumber } from "./request-body.ts";
import { type Filter, matchesFilter, matchesQuery, readFilter } from "./search-filter.ts";

const MAX_BODY = 3_000;
const MAX_RESULTS = 10_000;
const MAX_PAGE = 200;

type Properties = Readonly<Record<string, string>>;

/** HubSpot, CRM search: limits of the request, then what the index holds (never the store). */
export function searchContacts(account: Account, body: JsonObject, bodyText: string) {
  if (bodyText.length > MAX_BODY) throw validationError("The request body is longer than 3,000 characters.");
  const groups = readGroups(body);
  const limit = wholeNumber("limit", optionalText(body, "limit"), 10);
  const after = wholeNumber("after", optionalText(body, "after"), 0);
  if (limit > MAX_PAGE) throw validationError("limit must be at most 200.");
  if (after + limit > MAX_RESULTS) throw validationError("Paging is limited to 10,000 results per query.");
  const query = optionalText(body, "query");
  const isEnumeration = (name: string) => findProperty(account.state(), name)?.type === "enumeration";

  const hits = account.index.documents().filter(({ properties }) => {
    if (query !== undefined && !matchesQuery(properties, query)) return false;
    if (groups.length === 0) return true;
    return groups.some((filters) => filters.every((filter) => matchesFilter(properties, filter, isEnumeration)));
  });
  const sort = readSort(body);
  hits.sort(
    (a, b) => sort.direction * compare(a.properties, b.properties, sort.property) || Number(a.id) - Number(b.id),
  );

  const page = hits.slice(after, after + limit);
  const more = after + limit < hits.length;
  const names = textsIn(body, "properties") ?? DEFAULT_PROPERTIES;
  return {
    total: hits.length,
    results: page.map((hit) => hitToWire(account, hit.id, hit.properties, names)),
    ...(more && { paging: { next: { after: String(after + limit) } } }),
  };
}

function hitToWire(account: Account, id: string, properties: Properties, names: readonly string[]) {
  const asked = [...new Set([...names, "createdate", "hs_object_id", "lastmodifieddate"])];
  const known = asked.filter((name) => findProperty(account.state(), name));
  return {
    id,
    properties: Object.fromEntries(known.map((name) => [name, properties[name] ?? null])),
    createdAt: properties.createdate,
    updatedAt: properties.lastmodifieddate,
    archived: false,
  };
}

/** `filterGroups` are alternatives; a top-level `filters` is one group more. */
function readGroups(body: JsonObject): Filter[][] {
  const groups = objectsIn(body, "filterGroups").map((group) => objectsIn(group, "filters").map(readFilter));
  const single = objectsIn(body, "filters").map(readFilter);
  if (single.length > 0) groups.push(single);
  if (groups.length > 5) throw validationError("At most 5 filterGroups are allowed.");
  if (groups.some((group) => group.length > 6)) throw validationError("At most 6 filters per group are allowed.");
  if (groups.flat().length > 18) throw validationError("At most 18 filters are allowed in all.");
  return groups;
}

function readSort(body: JsonObject): { property: string; direction: 1 | -1 } {
  const sorts = body.sorts ?? [];
  if (!Array.isArray(sorts) || sorts.length > 1) throw validationError("Only one sort rule is allowed.");
  const [sort] = sorts;
  if (typeof sort === "string") {
    return sort.startsWith("-") ? { property: sort.slice(1), direction: -1 } : { property: sort, direction: 1 };
  }
  if (isObject(sort)) {
    const direction = optionalText(sort, "direction") === "DESCENDING" ? -1 : 1;
    return { property: optionalText(sort, "propertyName") ?? "createdate", direction };
  }
  return { property: "createdate", direction: 1 };
}

function compare(a: Properties, b: Properties, property: string): number {
  const left = a[property] ?? "";
  const right = b[property] ?? "";
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right);
  return left < right ? -1 : left > right ? 1 : 0;
}
