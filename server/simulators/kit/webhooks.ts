import type { Deliveries, Outgoing } from "./deliveries.ts";
import type { SimulatedRecord } from "./simulator.ts";

/** What one save did to a record. `before` is absent for a new one, `after` for one that is there no more. */
export interface RecordChange {
  readonly object: string;
  readonly id: string;
  readonly before?: SimulatedRecord;
  readonly after?: SimulatedRecord;
  /** Values that are others now, or that a new record begins with. */
  readonly properties: readonly string[];
}

/** Somebody who is told of changes; `Subscription` is what the vendor asks of them. */
export interface Webhooks<Subscription> {
  readonly deliveries: Deliveries;
  /** Tells this address of every change from now on, whoever makes it. Returns how to end that. Kept in memory alone. */
  subscribe(subscription: Subscription): () => void;
  /** Tells everybody of something that is no record's change. */
  tell(callsFor: (subscription: Subscription) => readonly Outgoing[]): void;
}

interface WebhooksInput<Subscription> {
  readonly store: { onSave(listener: () => void): void };
  readonly records: () => readonly SimulatedRecord[];
  readonly deliveries: Deliveries;
  /** The vendor's calls about these changes, each to be made anew for every attempt. */
  readonly callsFor: (
    changes: readonly RecordChange[],
    subscription: Subscription,
  ) => readonly ((attempt: number) => Outgoing)[];
}

/** Watches what is saved, through the API or by a person, and tells the subscribers in the vendor's way. */
export function createWebhooks<Subscription>(input: WebhooksInput<Subscription>): Webhooks<Subscription> {
  const { store, records, deliveries, callsFor } = input;
  const subscriptions = new Set<Subscription>();
  let seen = new Map<string, Seen>();
  let isLooking = false;

  function look(): void {
    isLooking = false;
    const now = snapshot(records());
    const changes = changesBetween(seen, now);
    seen = now;
    if (changes.length === 0) return;
    for (const subscription of subscriptions) {
      for (const make of callsFor(changes, subscription)) deliveries.send(make);
    }
  }

  // one act of a person may save several times; it is told of once
  store.onSave(() => {
    if (subscriptions.size === 0 || isLooking) return;
    isLooking = true;
    queueMicrotask(look);
  });

  return {
    deliveries,
    subscribe(subscription) {
      if (subscriptions.size === 0) seen = snapshot(records());
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
    tell(about) {
      for (const subscription of subscriptions) for (const call of about(subscription)) deliveries.send(() => call);
    },
  };
}

interface Seen {
  readonly record: SimulatedRecord;
  readonly text: string;
}

function snapshot(records: readonly SimulatedRecord[]): Map<string, Seen> {
  return new Map(
    records.map((record) => {
      const { object, id, values, state, notes } = record;
      return [`${object} ${id}`, { record, text: JSON.stringify([values, state, notes]) }];
    }),
  );
}

function changesBetween(before: ReadonlyMap<string, Seen>, after: ReadonlyMap<string, Seen>): RecordChange[] {
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const record = now?.record ?? old?.record;
    if (!record || old?.text === now?.text) return [];
    const { object, id } = record;
    return [{ object, id, before: old?.record, after: now?.record, properties: differing(old?.record, now?.record) }];
  });
}

function differing(before: SimulatedRecord | undefined, after: SimulatedRecord | undefined): string[] {
  const [old, now] = [before?.values ?? {}, after?.values ?? {}];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...names].filter((name) => JSON.stringify(old[name] ?? null) !== JSON.stringify(now[name] ?? null));
}
