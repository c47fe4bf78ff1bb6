import type { Hono } from "hono";
import type { DeliveryOptions } from "./deliveries.ts";
import type { Faults } from "./faults.ts";
import type { Journal } from "./journal.ts";

/** A record as the page and the tests see it: behind the API, straight from the store. */
export interface SimulatedRecord {
  readonly object: string;
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** ISO 8601 */
  readonly updatedAt: string;
  /** Why it is not simply there: "archived", "merged into 123", "qualified", "disqualified"; null when it is. */
  readonly state: string | null;
  readonly notes: readonly string[];
}

/** What every simulator offers besides the vendor's HTTP. Each adds methods of its own for its vendor's peculiarities. */
export interface Simulator {
  /** "HubSpot", as the page shows it. */
  readonly name: string;
  /** The vendor's HTTP at its documented paths, plus `GET /_records`, the page for people. */
  readonly app: Hono;
  readonly journal: Journal;
  readonly faults: Faults;
  records(): readonly SimulatedRecord[];
  record(object: string, id: string): SimulatedRecord | undefined;
  /** Puts a record in as if a person had typed it into the CRM; at once visible to search. Returns its id. */
  seed(object: string, values: Record<string, unknown>): string;
  /** Changes values as if a person had done it in the CRM's UI. */
  edit(object: string, id: string, values: Record<string, unknown>): void;
  remove(object: string, id: string): void;
  /** How long, in ms, a change stays invisible to search. */
  setSearchLag(ms: number): void;
  reset(): void;
}

export interface SimulatorOptions {
  /** Epoch ms; tests move it by hand. */
  readonly now?: () => number;
  /** 0..1, seeded in tests. */
  readonly random?: () => number;
  /** Keeps the records across restarts. */
  readonly file?: string;
  readonly searchLagMs?: number;
  readonly webhooks?: DeliveryOptions;
}
