import type { Job, JobHandlers, JobName } from "./catalog.ts";

/** Runs a job with the handler of its name. */
export function handleJob<N extends JobName>(handlers: JobHandlers, job: Job<N>): Promise<void> {
  return handlers[job.name](job.payload);
}
