import { setTimeout as delay } from "node:timers/promises";

/** One call of a vendor's at a customer's address. */
export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DeliveryRules {
  /** Waits in ms before each repetition, as many as the vendor makes. */
  readonly repeatsAfterMs: readonly number[];
  /** An answer that takes longer is none. */
  readonly answerWithinMs: number;
  /** Whether this answer makes the vendor try again (null: there was none); everything but 2xx when absent. */
  readonly isRepeated?: (status: number | null) => boolean;
}

export interface DeliveryOptions {
  /** The network; Node's own when absent. */
  readonly fetch?: typeof fetch;
  /** How many times faster than the vendor's the waits pass; 1 when absent. */
  readonly haste?: number;
}

interface DeliveryAttempt extends Outgoing {
  /** 0 is the first. */
  readonly attempt: number;
  /** null: nobody answered in time. */
  readonly status: number | null;
}

export interface Deliveries {
  /** `duplicates`: each delivery is made twice. `shuffles`: later ones overtake earlier ones. Change them at any time. */
  readonly switches: { duplicates: boolean; shuffles: boolean };
  /** What was sent, in order; the newest thousand. */
  readonly attempts: readonly DeliveryAttempt[];
  /** Delivers in the background. `make` is asked for each attempt, as some vendors stamp and sign each anew. */
  send(make: (attempt: number) => Outgoing): void;
  /** Resolves once nothing is under way and nothing waits for its repetition. */
  idle(): Promise<void>;
  /** Drops what is under way; nothing is sent from now on. */
  stop(): void;
}

const KEPT_ATTEMPTS = 1000;
const SHUFFLED_WITHIN_MS = 300;

/** How a vendor's webhooks travel: repeated as its documents say, then given up. `random` is 0..1, seeded by the caller. */
export function createDeliveries(
  rules: DeliveryRules,
  random: () => number,
  options: DeliveryOptions = {},
): Deliveries {
  const { haste = 1 } = options;
  const switches = { duplicates: false, shuffles: false };
  const attempts: DeliveryAttempt[] = [];
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  const isRepeated = rules.isRepeated ?? ((status) => status === null || status < 200 || status > 299);

  async function answerTo({ url, headers, body }: Outgoing): Promise<number | null> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(rules.answerWithinMs)]);
    const network = options.fetch ?? fetch;
    try {
      const answer = await network(url, { method: "POST", headers: { ...headers }, body, redirect: "manual", signal });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }

  async function deliver(make: (attempt: number) => Outgoing): Promise<void> {
    if (switches.shuffles) await wait(random() * SHUFFLED_WITHIN_MS);
    for (let attempt = 0; ; attempt += 1) {
      const outgoing = make(attempt);
      const status = await answerTo(outgoing);
      if (stopping.signal.aborted) return;
      attempts.push({ ...outgoing, attempt, status });
      if (attempts.length > KEPT_ATTEMPTS) attempts.shift();
      const next = rules.repeatsAfterMs[attempt];
      if (next === undefined || !isRepeated(status)) return;
      // jitter: a fifth more or less
      await wait((next * (0.8 + 0.4 * random())) / haste);
    }
  }

  async function wait(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: stopping.signal, ref: false });
  }

  function begin(make: (attempt: number) => Outgoing): void {
    const delivery = deliver(make).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error;
    });
    underWay.add(delivery);
    void delivery.finally(() => underWay.delete(delivery));
  }

  return {
    switches,
    attempts,
    send(make) {
      if (stopping.signal.aborted) return;
      begin(make);
      if (switches.duplicates) begin(make);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    stop: () => stopping.abort(),
  };
}
