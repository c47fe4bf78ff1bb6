import { randomUUID } from "node:crypto";
import type { Store } from "../kit/file-store.ts";
import { propertyOf, type Table } from "./columns.ts";
import type { StoredValue, StoredValues } from "./filter-match.ts";
import { doesNotExist } from "./odata-error.ts";

export interface Row {
  readonly id: string;
  /** The number in the etag `W/"<version>"`; grows with every change of any row. */
  version: number;
  readonly createdOn: string;
  modifiedOn: string;
  /** Keyed by property name; lookups as `_x_value`. Blank values are null. */
  values: Record<string, StoredValue>;
}

interface DataverseState {
  readonly organizationId: string;
  /** The application user's. */
  readonly userId: string;
  version: number;
  /** Table name → id → row. */
  rows: Record<string, Record<string, Row>>;
  /** Table name → id → the version at which the row was deleted. */
  deleted?: Record<string, Record<string, number>>;
}

export function emptyState(): DataverseState {
  return { organizationId: randomUUID(), userId: randomUUID(), version: 1_000_000, rows: {} };
}

/** The rows of one environment. Every change stamps `modifiedon`, takes the next version and is saved at once. */
export interface Rows {
  readonly tables: readonly Table[];
  table(name: string): Table;
  list(table: Table): readonly Row[];
  find(table: Table, id: string): Row | undefined;
  get(table: Table, id: string): Row;
  insert(table: Table, values: StoredValues, id?: string): Row;
  change(table: Table, id: string, values: StoredValues): Row;
  remove(table: Table, id: string): void;
  /** Id → the version at which the row was deleted. */
  deleted(table: Table): Readonly<Record<string, number>>;
  /** The newest version of the environment, and epoch ms. */
  newest(): { readonly version: number; readonly now: number };
}

export function createRows(store: Store<DataverseState>, tables: readonly Table[], now: () => number): Rows {
  const rowsOf = (table: Table) => {
    store.state.rows[table.name] ??= {};
    return store.state.rows[table.name] ?? {};
  };
  const stamp = () => `${new Date(now()).toISOString().slice(0, 19)}Z`;
  const nextVersion = () => {
    store.state.version += 1;
    return store.state.version;
  };

  function get(table: Table, id: string): Row {
    const row = rowsOf(table)[id.toLowerCase()];
    if (!row) throw doesNotExist(table.name, id);
    return row;
  }

  return {
    tables,
    table(name) {
      const found = tables.find((table) => table.name === name);
      if (!found) throw new Error(`The simulated environment has no table "${name}".`);
      return found;
    },
    list: (table) => Object.values(rowsOf(table)),
    find: (table, id) => rowsOf(table)[id.toLowerCase()],
    get,
    insert(table, values, id = randomUUID()) {
      const at = stamp();
      const row: Row = {
        id: id.toLowerCase(),
        version: nextVersion(),
        createdOn: at,
        modifiedOn: at,
        values: { ...startValues(table), ...values },
      };
      rowsOf(table)[row.id] = row;
      store.save();
      return row;
    },
    change(table, id, values) {
      const row = get(table, id);
      row.values = { ...row.values, ...values };
      row.version = nextVersion();
      row.modifiedOn = stamp();
      store.save();
      return row;
    },
    remove(table, id) {
      get(table, id);
      delete rowsOf(table)[id.toLowerCase()];
      store.state.deleted ??= {};
      store.state.deleted[table.name] = { ...store.state.deleted[table.name], [id.toLowerCase()]: nextVersion() };
      store.save();
    },
    deleted: (table) => store.state.deleted?.[table.name] ?? {},
    newest: () => ({ version: store.state.version, now: now() }),
  };
}

/** All properties of a row, the computed ones too; null where nothing is held. */
export function valuesOf(table: Table, row: Row): StoredValues {
  const columns = table.columns.filter((column) => column.type !== "Virtual");
  const fullName = [row.values.firstname, row.values.lastname].filter(Boolean).join(" ");
  return {
    ...Object.fromEntries(columns.map((column) => [propertyOf(column), row.values[propertyOf(column)] ?? null])),
    ...(table.columns.some((column) => column.name === "fullname") && { fullname: fullName || null }),
    [table.idColumn]: row.id,
    createdon: row.createdOn,
    modifiedon: row.modifiedOn,
    versionnumber: row.version,
  };
}

export function etagOf(row: Row): string {
  return `W/"${row.version}"`;
}

function startValues(table: Table): StoredValues {
  const has = (name: string) => table.columns.some((column) => column.name === name);
  return {
    ...(has("statecode") && { statecode: 0, statuscode: 1 }),
    ...(has("merged") && { merged: false }),
  };
}
