import type { AddJobFunction } from "graphile-worker";
import type { Logger } from "pino";
import { JOBS } from "./catalog.ts";

/**
 * Enqueues the recurring jobs now and at their intervals, until the returned function is called. One that still waits, or
 * failed, is replaced: they never pile up, however many processes keep time. (The engine's own clock ends the engine at
 * the first database error.)
 */
export function startClock(addJob: AddJobFunction, log: Logger): () => void {
  const timers = Object.entries(JOBS).flatMap(([name, spec]) => {
    if (!("everyMs" in spec)) return [];
    const tick = () => {
      addJob(name, {}, { jobKey: name, queueName: name, maxAttempts: spec.maxAttempts }).catch((err: unknown) =>
        log.warn({ err, job: name }, "A recurring job could not be enqueued; the next tick tries again."),
      );
    };
    tick();
    return [setInterval(tick, spec.everyMs)];
  });
  return () => timers.forEach(clearInterval);
}
