import type { Connector, CrmRecord, FieldValue, RecordRef, Values } from "../../domain/connector.ts";
import type { ConnectorErrorCode } from "../../domain/connector-error.ts";

export interface StoredRecord {
  readonly id: string;
  version: number;
  values: Record<string, FieldValue>;
  /** The key of the create that made it; null when a person did. */
  readonly createKey: string | null;
  mergedInto: string | null;
  removed: boolean;
  updatedAt: string;
}

export interface StoredNote {
  readonly id: string;
  readonly recordId: string;
  readonly body: string;
  readonly at: string;
  readonly key: string;
}

export interface PlannedFailure {
  readonly code: ConnectorErrorCode;
  /** `after`: the work is done and only the answer is lost. Default `before`. */
  readonly when?: "before" | "after";
  /** The verb of `Connector` to wait for; any when absent. */
  readonly verb?: keyof Connector;
  readonly retryAfterMs?: number;
}

/** One account of the in-process CRM. What a person does in a CRM's UI is done here, not through the connector. */
export interface MemoryStore {
  readonly records: Map<string, StoredRecord>;
  readonly notes: StoredNote[];
  /** Connector verbs carried out or refused, in order. */
  readonly calls: string[];
  nextId: number;
  readonly failures: PlannedFailure[];
}

const stores = new Map<string, MemoryStore>();

/** The account named `storeId`, made empty on first use and shared by every connector with that id. */
export function memoryStore(storeId: string): MemoryStore {
  const existing = stores.get(storeId);
  if (existing) return existing;
  const store: MemoryStore = { records: new Map(), notes: [], calls: [], nextId: 1, failures: [] };
  stores.set(storeId, store);
  return store;
}

export function forgetMemoryStore(storeId: string): void {
  stores.delete(storeId);
}

/** Makes the next call of `verb`, or the next call at all, fail once. */
export function failNext(store: MemoryStore, failure: PlannedFailure): void {
  store.failures.push(failure);
}

export function insertRecord(store: MemoryStore, values: Values, createKey: string | null, at: string): StoredRecord {
  const id = `m${store.nextId++}`;
  const record: StoredRecord = {
    id,
    version: 1,
    values: withoutBlanks(values),
    createKey,
    mergedInto: null,
    removed: false,
    updatedAt: at,
  };
  store.records.set(id, record);
  return record;
}

export function changeRecord(record: StoredRecord, changes: Values, at: string): void {
  record.values = withoutBlanks({ ...record.values, ...changes });
  record.version += 1;
  record.updatedAt = at;
}

export function mergeRecords(store: MemoryStore, winner: RecordRef, loser: RecordRef): void {
  const record = store.records.get(loser.externalId);
  if (!record) throw new Error(`no record ${loser.externalId}`);
  record.mergedInto = winner.externalId;
}

/** The record an id leads to: itself, or what it was merged into; undefined when it is gone. */
export function livingRecord(store: MemoryStore, id: string): StoredRecord | undefined {
  const record = store.records.get(id);
  if (!record || record.removed) return undefined;
  return record.mergedInto === null ? record : livingRecord(store, record.mergedInto);
}

export function livingRecords(store: MemoryStore): StoredRecord[] {
  return [...store.records.values()].filter((record) => !record.removed && record.mergedInto === null);
}

/** The record as the contract hands it out, with the requested properties. */
export function toCrmRecord(record: StoredRecord, properties: readonly string[]): CrmRecord {
  const { email, phone } = record.values;
  return {
    object: "contact",
    externalId: record.id,
    version: String(record.version),
    values: Object.fromEntries(properties.map((property) => [property, record.values[property] ?? null])),
    emails: typeof email === "string" ? [email] : [],
    phones: typeof phone === "string" ? [phone] : [],
    firstName: textOf(record.values.firstName),
    lastName: textOf(record.values.lastName),
    state: "open",
    updatedAt: record.updatedAt,
  };
}

function withoutBlanks(values: Values): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
