import { setTimeout as delay } from "node:timers/promises";

/** Waits until `look` returns something truthy and gives it back; fails after `withinMs` with what it was waiting for. */
export async function eventually<T>(
  waitingFor: string,
  look: () => T | Promise<T>,
  withinMs = 60_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain for ${waitingFor}.`);
    await delay(20);
  }
}
