import type {
  Connector,
  ConnectorCapabilities,
  PhoneQuery,
  RecordRef,
  Values,
} from "../../../server/domain/connector.ts";

/** The four values every CRM has, in our words. */
export interface Person {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly phone?: string;
}

/**
 * What goes wrong with the next operation of the connector, once.
 * - `html`: 200 with a web page · `truncated`: 200 with half of the JSON
 * - `lost_answer`: the CRM does the work, then no usable answer comes · `reset`: the connection is cut before any work
 *
 * A connector that by itself asks again (a token refreshed after a 401) must meet the fault again.
 */
export type ContractFault =
  | "unauthorized"
  | "forbidden"
  | "rate_limited"
  | "server_error"
  | "html"
  | "truncated"
  | "lost_answer"
  | "reset";

/** What a connector's test file brings: a fresh, empty account per case. */
export interface Harness {
  readonly connector: Connector;
  readonly capabilities: ConnectorCapabilities;
  /** Names to ask the connector for. */
  readonly properties: Readonly<Record<keyof Person, string>>;
  /** Tokens, passwords and keys that no error message may carry. */
  readonly secrets: readonly string[];
  /** Well formed, but never given to a record. */
  readonly unknownId: string;
  /** The record's values straight from the store behind the connector, under the connector's property names. */
  peek(ref: RecordRef): Values | undefined;
  /** The record's notes straight from the store, as the CRM holds them (HTML where it does). */
  notes(ref: RecordRef): readonly string[];
  /** Records in the store that a person could open: removed and merged ones do not count. */
  count(): number;
  /** Puts a record in as a person would in the CRM's own UI, visible to search at once. Default object: the first of `capabilities.objects`. */
  seed(person: Person, object?: string): Promise<RecordRef>;
  /** Changes a record as a person would in the CRM's own UI. */
  edit(ref: RecordRef, person: Person): Promise<void>;
  remove(ref: RecordRef): Promise<void>;
  /** Absent where the CRM keeps no trace of a merge. */
  merge?(winner: RecordRef, loser: RecordRef): Promise<void>;
  /** Lets the search index catch up with every write; absent where nothing lags. */
  settle?(): Promise<void>;
  /** Lets that much time pass at the CRM and here, in ms; absent where no answer depends on it. */
  pass?(ms: number): Promise<void>;
  /** Plays the fault on the next call, or on the next call that adds a note. */
  failNext(fault: ContractFault, on?: "note"): void;
  /** Calls to the CRM so far, token requests excepted. */
  calls(): number;
}

/** One promise of the contract. `needs` says why a connector is excused, or null when it must keep it. */
export interface ContractCase {
  readonly name: string;
  readonly needs?: (harness: Harness) => string | null;
  readonly run: (harness: Harness) => Promise<void>;
}

/** The properties to request, as the contract's cases do. */
export function propertiesOf({ properties }: Harness): readonly string[] {
  return Object.values(properties);
}

/** A person's values under the CRM's property names. */
export function valuesOf({ properties }: Harness, person: Person): Values {
  const values: Record<string, string> = {};
  if (person.firstName !== undefined) values[properties.firstName] = person.firstName;
  if (person.lastName !== undefined) values[properties.lastName] = person.lastName;
  if (person.email !== undefined) values[properties.email] = person.email;
  if (person.phone !== undefined) values[properties.phone] = person.phone;
  return values;
}

/** The question for +1 202 555 01xx, as the engine asks it. */
export function phoneQuery(lastFour: string): PhoneQuery {
  return {
    e164: `+1202555${lastFour}`,
    national: `202555${lastFour}`,
    spellings: [`(202) 555-${lastFour}`, `202-555-${lastFour}`, `+1 202 555 ${lastFour}`, `001202555${lastFour}`],
  };
}

export function idsOf(records: readonly RecordRef[]): string[] {
  return records.map((record) => record.externalId).sort();
}
