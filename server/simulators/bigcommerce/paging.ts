import { BigCommerceApiError } from "./api-error.ts";

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 250;

interface Page<Row> {
  readonly data: readonly Row[];
  readonly meta: Record<string, unknown>;
}

/**
 * One page of the rows, by number or by cursor. The first page tells both ways on, later ones only the way that was
 * taken; a cursor wins over a number.
 */
export function pageOf<Row extends { readonly id: number }>(
  rows: readonly Row[],
  query: Readonly<Record<string, string>>,
): Page<Row> {
  const limit = readNumber("limit", query.limit, DEFAULT_LIMIT);
  if (limit > MAX_LIMIT) throw new BigCommerceApiError(413, `The maximum page size is ${MAX_LIMIT}.`);
  if (query.after !== undefined || query.before !== undefined) {
    const data = byCursor(rows, query, limit);
    return { data, meta: { cursor_pagination: cursors(data, rows, limit) } };
  }
  const number = readNumber("page", query.page, 1);
  const data = rows.slice((number - 1) * limit, number * limit);
  const pages = Math.ceil(rows.length / limit);
  const pagination = {
    total: rows.length,
    count: data.length,
    per_page: limit,
    current_page: number,
    total_pages: pages,
    links: {
      ...(number > 1 && { previous: `?page=${number - 1}&limit=${limit}` }),
      current: `?page=${number}&limit=${limit}`,
      ...(number < pages && { next: `?page=${number + 1}&limit=${limit}` }),
    },
  };
  if (number > 1) return { data, meta: { pagination } };
  return { data, meta: { pagination, cursor_pagination: cursors(data, rows, limit) } };
}

function byCursor<Row extends { readonly id: number }>(
  rows: readonly Row[],
  { after, before }: Readonly<Record<string, string>>,
  limit: number,
): Row[] {
  const at = rows.findIndex((row) => cursorOf(row) === (after ?? before));
  if (at < 0) throw new BigCommerceApiError(422, "The cursor is not valid.");
  return after === undefined ? rows.slice(Math.max(0, at - limit), at) : rows.slice(at + 1, at + 1 + limit);
}

function cursors<Row extends { readonly id: number }>(data: readonly Row[], rows: readonly Row[], limit: number) {
  const [first, last] = [data[0], data.at(-1)];
  const hasMore = last !== undefined && last !== rows.at(-1);
  return {
    count: data.length,
    per_page: limit,
    ...(first && { start_cursor: cursorOf(first) }),
    ...(last && { end_cursor: cursorOf(last) }),
    links: { ...(hasMore && last && { next: `?after=${cursorOf(last)}&limit=${limit}` }) },
  };
}

function cursorOf({ id }: { readonly id: number }): string {
  return Buffer.from(JSON.stringify({ id })).toString("base64url");
}

function readNumber(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new BigCommerceApiError(422, `The ${name} must be a number from 1.`);
}
