import { queryableColumn, type Table } from "./columns.ts";
import { checkFilter, compareValues, matchesFilter, type StoredValues } from "./filter-match.ts";
import { parseFilter } from "./filter-parser.ts";
import { notSimulated, syntaxError, unknownProperty } from "./odata-error.ts";

interface Prefer {
  readonly returnRepresentation: boolean;
  readonly maxPageSize: number | undefined;
}

interface Collection {
  readonly select: readonly string[] | undefined;
  matches(values: StoredValues): boolean;
  compare(left: StoredValues, right: StoredValues): number;
  readonly top: number | undefined;
  readonly count: boolean;
  /** From 1, out of the paging cookie. */
  readonly page: number;
}

/** (Dataverse, Compose HTTP requests and handle errors: Prefer.) */
export function parsePrefer(header: string | undefined): Prefer {
  const size = /odata\.maxpagesize=(\d+)/.exec(header ?? "")?.[1];
  return {
    returnRepresentation: /\breturn=representation\b/.test(header ?? ""),
    maxPageSize: size === undefined ? undefined : Math.min(Math.max(Number(size), 1), 5000),
  };
}

export function parseCollection(query: URLSearchParams, table: Table): Collection {
  if (query.has("$skip")) throw syntaxError("Skip Clause is not supported in CRM");
  if (query.has("$expand")) throw notSimulated("$expand on tables");
  if (query.has("$apply")) throw notSimulated("$apply");
  const aliases = Object.fromEntries([...query].filter(([name]) => name.startsWith("@")));
  const text = query.get("$filter");
  const filter = text === null ? undefined : parseFilter(text, aliases);
  if (filter) checkFilter(filter, table);
  const order = parseOrder(query.get("$orderby"), table);
  return {
    select: parseSelect(query.get("$select"), table),
    matches: (values) => !filter || matchesFilter(filter, values),
    compare: (left, right) => {
      for (const { property, direction } of order) {
        const difference = compareValues(left[property] ?? null, right[property] ?? null) * direction;
        if (difference !== 0) return difference;
      }
      return 0;
    },
    top: parseTop(query.get("$top")),
    count: query.get("$count") === "true",
    page: parsePage(query.get("$skiptoken")),
  };
}

/** The selected property names, each of which must be a column of the table; undefined when all are wanted. */
export function parseSelect(select: string | null, table: Table): readonly string[] | undefined {
  if (select === null) return undefined;
  const names = select.split(",").map((name) => name.trim());
  for (const name of names) {
    if (!queryableColumn(table, name)) throw unknownProperty(name, table.name);
  }
  return names;
}

/** The cookie of the following page. In a link it is encoded once more, which clients must leave as it is. */
export function pagingCookie(page: number, idColumn: string, lastId: string): string {
  const inner = `<cookie page="${page - 1}"><${idColumn} last="{${lastId.toUpperCase()}}" /></cookie>`;
  const encoded = encodeURIComponent(inner);
  return `<cookie pagenumber="${page}" pagingcookie="${encoded}" istracking="False" />`;
}

function parseOrder(order: string | null, table: Table) {
  if (order === null) return [];
  return order.split(",").map((part) => {
    const [property = "", direction = "asc"] = part.trim().split(/\s+/);
    if (!queryableColumn(table, property)) throw unknownProperty(property, table.name);
    return { property, direction: direction === "desc" ? -1 : 1 };
  });
}

function parseTop(top: string | null): number | undefined {
  if (top === null) return undefined;
  if (!/^\d+$/.test(top)) throw syntaxError(`Invalid value '${top}' for $top query option found.`);
  return Number(top);
}

function parsePage(token: string | null): number {
  if (token === null) return 1;
  const page = /^<cookie pagenumber="(\d+)"/.exec(token)?.[1];
  if (!page) throw syntaxError("Malformed XML in the Paging Cookie");
  return Number(page);
}
