import { deletedEntry, readTracking, type Tracking, textOf, trackedCookie, trackedPage } from "./change-tracking.ts";
import { propertyOf, type Table } from "./columns.ts";
import { type DuplicateDetection, refuseDuplicate } from "./duplicate-detection.ts";
import type { StoredValues } from "./filter-match.ts";
import { doesNotExist, ODataError } from "./odata-error.ts";
import { pagingCookie, parseCollection, parsePrefer, parseSelect } from "./query-options.ts";
import { etagOf, type Row, type Rows, valuesOf } from "./rows.ts";
import { acceptBody } from "./write-body.ts";

/** A request to the Web API, read from the wire. */
export interface ODataRequest {
  /** `http://host/api/data/v9.2`, as the client addressed us. */
  readonly root: string;
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  json(): Promise<unknown>;
}

type AnswerHeaders = Readonly<Record<string, string>>;
export type ODataAnswer =
  | { readonly status: 200 | 201; readonly headers?: AnswerHeaders; readonly body: Readonly<Record<string, unknown>> }
  | { readonly status: 204 | 304; readonly headers?: AnswerHeaders };

export interface TableService {
  readonly rows: Rows;
  readonly duplicates: DuplicateDetection;
}

/** `GET {set}` */
export function readCollection(service: TableService, table: Table, request: ODataRequest): ODataAnswer {
  const { rows } = service;
  const tracking = readTracking(request.query, request.header("prefer"), rows.newest());
  if (tracking) return readChanges(service, table, request, tracking);
  const collection = parseCollection(request.query, table);
  const { maxPageSize } = parsePrefer(request.header("prefer"));
  const found = rows
    .list(table)
    .map((row) => ({ row, values: valuesOf(table, row) }))
    .filter(({ values }) => collection.matches(values))
    .sort((left, right) => collection.compare(left.values, right.values));
  const size = maxPageSize ?? Math.min(collection.top ?? 5000, 5000);
  const start = (collection.page - 1) * size;
  const page = found.slice(start, start + size);
  const last = page.at(-1)?.row.id;
  const more = last !== undefined && start + size < found.length && (maxPageSize !== undefined || !collection.top);
  return {
    status: 200,
    headers: maxPageSize === undefined ? {} : { "preference-applied": `odata.maxpagesize=${maxPageSize}` },
    body: {
      "@odata.context": contextOf(request, table, collection.select),
      ...(collection.count && { "@odata.count": Math.min(found.length, 5000) }),
      value: page.map(({ row }) => entityOf(table, row, collection.select)),
      ...(more && { "@odata.nextLink": nextLink(request, table, collection.page + 1, last) }),
    },
  };
}

/** `GET {set}` with change tracking: the delta link comes with the last page. */
function readChanges({ rows }: TableService, table: Table, request: ODataRequest, tracking: Tracking): ODataAnswer {
  const select = parseSelect(request.query.get("$select"), table);
  const { maxPageSize } = parsePrefer(request.header("prefer"));
  const page = trackedPage(rows.list(table), rows.deleted(table), tracking, maxPageSize ?? 5000);
  const { nextAfter } = page;
  const link = (name: string, value: string) => {
    const kept = request.query.get("$select");
    const options = [...(kept === null ? [] : [`$select=${kept}`]), `${name}=${encodeURIComponent(value)}`];
    return `${request.root}/${table.setName}?${options.join("&")}`;
  };
  return {
    status: 200,
    headers: { "preference-applied": "odata.track-changes" },
    body: {
      "@odata.context": `${contextOf(request, table, select)}/$delta`,
      value: [
        ...page.rows.map((row) => entityOf(table, row, select)),
        ...page.deletedIds.map((id) => deletedEntry(request.root, table, id)),
      ],
      ...(nextAfter === null
        ? { "@odata.deltaLink": link("$deltatoken", textOf(tracking.until)) }
        : { "@odata.nextLink": link("$skiptoken", trackedCookie(tracking, nextAfter)) }),
    },
  };
}

/** `GET {set}({id})` */
export function readRow({ rows }: TableService, table: Table, id: string, request: ODataRequest): ODataAnswer {
  const select = parseSelect(request.query.get("$select"), table);
  const row = rows.get(table, id);
  if (request.header("if-none-match") === etagOf(row)) return { status: 304 };
  return { status: 200, headers: { etag: etagOf(row) }, body: withContext(request, table, row, select) };
}

/** `POST {set}`. Detects duplicates only when `MSCRM.SuppressDuplicateDetection: false` is sent. */
export async function createRow(service: TableService, table: Table, request: ODataRequest): Promise<ODataAnswer> {
  const body = await request.json();
  const id = idIn(table, body);
  if (id !== undefined && service.rows.find(table, id)) throw keyExists();
  return insertRow(service, table, body, id, request);
}

/**
 * `PATCH {set}({id})`: an update, or a create with a chosen id where no row has it. `If-Match` forbids the create and
 * guards the version; `If-None-Match: *` forbids the update. (Dataverse, Perform conditional operations.)
 */
export async function patchRow(
  service: TableService,
  table: Table,
  id: string,
  request: ODataRequest,
): Promise<ODataAnswer> {
  const { rows } = service;
  const body = await request.json();
  const row = rows.find(table, id);
  const ifMatch = request.header("if-match");
  if (!row) {
    if (ifMatch !== undefined) throw doesNotExist(table.name, id);
    return insertRow(service, table, body, id, request);
  }
  if (request.header("if-none-match") === "*") throw keyExists();
  requireVersion(row, ifMatch);
  const select = parseSelect(request.query.get("$select"), table);
  const changed = rows.change(table, id, acceptBody(rows, table, body, "update"));
  return writeAnswer(200, table, changed, select, request);
}

/** `DELETE {set}({id})` */
export function deleteRow({ rows }: TableService, table: Table, id: string, request: ODataRequest): ODataAnswer {
  requireVersion(rows.get(table, id), request.header("if-match"));
  rows.remove(table, id);
  return { status: 204 };
}

function insertRow(
  { rows, duplicates }: TableService,
  table: Table,
  body: unknown,
  id: string | undefined,
  request: ODataRequest,
): ODataAnswer {
  const select = parseSelect(request.query.get("$select"), table);
  const values = acceptBody(rows, table, body, "create");
  if (request.header("mscrm.suppressduplicatedetection") === "false") {
    refuseDuplicate(duplicates, rows, table.name, values);
  }
  return writeAnswer(201, table, rows.insert(table, values, id), select, request);
}

function writeAnswer(
  status: 200 | 201,
  table: Table,
  row: Row,
  select: readonly string[] | undefined,
  request: ODataRequest,
): ODataAnswer {
  if (parsePrefer(request.header("prefer")).returnRepresentation) {
    const headers = { "preference-applied": "return=representation" };
    return { status, headers, body: withContext(request, table, row, select) };
  }
  return { status: 204, headers: { "odata-entityid": `${request.root}/${table.setName}(${row.id})` } };
}

function requireVersion(row: Row, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === "*" || ifMatch === etagOf(row)) return;
  const message = "The version of the existing record doesn't match the RowVersion property provided.";
  throw new ODataError(412, "0x80060882", message);
}

function keyExists(): ODataError {
  return new ODataError(412, "0x80040237", "A record with matching key values already exists.");
}

function idIn(table: Table, body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const id: unknown = Object.entries(body).find(([key]) => key === table.idColumn)?.[1];
  return typeof id === "string" ? id : undefined;
}

function withContext(request: ODataRequest, table: Table, row: Row, select: readonly string[] | undefined) {
  return {
    "@odata.context": `${contextOf(request, table, select)}/$entity`,
    ...entityOf(table, row, select),
  };
}

function entityOf(table: Table, row: Row, select: readonly string[] | undefined): Record<string, unknown> {
  const values: StoredValues = valuesOf(table, row);
  const names = select ?? table.columns.filter((column) => column.type !== "Virtual").map(propertyOf);
  const wanted = new Set([...names, table.idColumn]);
  return {
    "@odata.etag": etagOf(row),
    ...Object.fromEntries([...wanted].map((name) => [name, values[name] ?? null])),
  };
}

function contextOf(request: ODataRequest, table: Table, select: readonly string[] | undefined): string {
  return `${request.root}/$metadata#${table.setName}${select ? `(${select.join(",")})` : ""}`;
}

function nextLink(request: ODataRequest, table: Table, page: number, lastId: string): string {
  const kept = [...request.query].filter(([name]) => name !== "$skiptoken");
  const options = kept.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const cookie = encodeURIComponent(pagingCookie(page, table.idColumn, lastId));
  return `${request.root}/${table.setName}?${[...options, `$skiptoken=${cookie}`].join("&")}`;
}
