import type { Connector, FieldDescription, FindQuery, PhoneQuery, RecordRef, Values } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import {
  changeRecord,
  insertRecord,
  livingRecord,
  livingRecords,
  type MemoryStore,
  type PlannedFailure,
  type StoredRecord,
  toCrmRecord,
} from "./store.ts";

const FIELDS: readonly [property: string, label: string, type: FieldDescription["type"]][] = [
  ["firstName", "First name", "text"],
  ["lastName", "Last name", "text"],
  ["email", "Email", "email"],
  ["phone", "Phone", "phone"],
  ["company", "Company", "text"],
  ["title", "Job title", "text"],
];
const WRITES: ReadonlySet<keyof Connector> = new Set(["createContact", "updateContact", "addNote", "deleteContact"]);
const PROPERTIES = new Set(FIELDS.map(([property]) => property));

/** Our side of the in-process CRM: unique emails, conditional writes, merges that leave a trace. `now`: epoch ms. */
export function createMemoryConnector(store: MemoryStore, storeId: string, now: () => number): Connector {
  const timestamp = () => new Date(now()).toISOString();

  async function call<Answer>(verb: keyof Connector, work: () => Answer): Promise<Answer> {
    store.calls.push(verb);
    const at = store.failures.findIndex((failure) => failure.verb === undefined || failure.verb === verb);
    const [failure] = at < 0 ? [] : store.failures.splice(at, 1);
    if (!failure) return work();
    if (failure.when === "after") work();
    throw plannedError(failure, verb);
  }

  return {
    findContacts: (query, properties) =>
      call("findContacts", () =>
        livingRecords(store)
          .filter((record) => answers(record, query))
          .map((record) => toCrmRecord(record, properties)),
      ),

    getContact: (ref, properties) =>
      call("getContact", () => {
        const living = livingRecord(store, ref.externalId);
        if (!living) return { kind: "gone" };
        const record = toCrmRecord(living, properties);
        return living.id === ref.externalId ? { kind: "found", record } : { kind: "moved", record, reason: "merged" };
      }),

    createContact: (values, key, properties) =>
      call("createContact", () => {
        refuseUnknown(values);
        const first = livingRecords(store).find((record) => record.createKey === key);
        if (first) return toCrmRecord(first, properties);
        const owner = livingRecords(store).find((record) => sameEmail(record, values.email));
        if (owner) throw taken(owner);
        return toCrmRecord(insertRecord(store, values, key, timestamp()), properties);
      }),

    updateContact: (ref, changes, ifVersion, properties) =>
      call("updateContact", () => {
        refuseUnknown(changes);
        const record = getRecord(store, ref);
        if (ifVersion !== null && ifVersion !== String(record.version)) {
          throw new ConnectorError("version_conflict", "The record was changed since it was read.");
        }
        const owner = livingRecords(store).find((other) => other !== record && sameEmail(other, changes.email));
        if (owner) throw taken(owner);
        changeRecord(record, changes, timestamp());
        return toCrmRecord(record, properties);
      }),

    describeFields: () =>
      call("describeFields", () =>
        FIELDS.map(([property, label, type]) => ({
          property,
          label,
          type,
          maxLength: null,
          required: false,
          writable: true,
          custom: false,
          options: [],
        })),
      ),

    addNote: (ref, note, key) =>
      call("addNote", () => {
        const record = getRecord(store, ref);
        const there = store.notes.find((other) => other.recordId === record.id && other.key === key);
        if (there) return { noteId: there.id };
        const id = `n${store.nextId++}`;
        store.notes.push({ id, recordId: record.id, body: note.body, at: note.at, key });
        return { noteId: id };
      }),

    deleteContact: (ref) =>
      call("deleteContact", () => {
        const record = livingRecord(store, ref.externalId);
        if (record) record.removed = true;
      }),

    checkConnection: () => call("checkConnection", () => ({ accountId: storeId, accountName: "Memory", facts: {} })),

    recordUrl: () => null,
  };
}

function plannedError({ code, retryAfterMs }: PlannedFailure, verb: keyof Connector): ConnectorError {
  const answerLost = code === "unavailable" || code === "bad_response";
  const outcome = WRITES.has(verb) && answerLost ? "unknown" : "none";
  return new ConnectorError(code, `The memory CRM was told to fail with ${code}.`, { outcome, retryAfterMs });
}

function getRecord(store: MemoryStore, ref: RecordRef): StoredRecord {
  const record = livingRecord(store, ref.externalId);
  if (!record) throw new ConnectorError("not_found", `There is no record ${ref.externalId}.`);
  return record;
}

function refuseUnknown(values: Values): void {
  const properties = Object.keys(values).filter((property) => !PROPERTIES.has(property));
  if (properties.length === 0) return;
  throw new ConnectorError("invalid_field", `There is no property ${properties.join(", ")}.`, { properties });
}

function taken(owner: StoredRecord): ConnectorError {
  return new ConnectorError("duplicate", "Another record has this email.", { existingId: owner.id });
}

function answers(record: StoredRecord, query: FindQuery): boolean {
  return sameEmail(record, query.email) || (query.phone !== undefined && hasPhone(record, query.phone));
}

function sameEmail(record: StoredRecord, email: unknown): boolean {
  const own = record.values.email;
  return typeof own === "string" && typeof email === "string" && own.toLowerCase() === email.toLowerCase();
}

function hasPhone(record: StoredRecord, { e164, national, spellings }: PhoneQuery): boolean {
  const own = record.values.phone;
  if (typeof own !== "string") return false;
  return [e164, national, ...spellings].some((form) => digitsOf(form) === digitsOf(own));
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
