import type { RunContext } from "./run-context.ts";

/** An attempt that ended in an error, with the calls it made until then. `cause` is what went wrong. */
export class AttemptFailed extends Error {
  readonly context: RunContext;

  constructor(context: RunContext, cause: unknown) {
    super("The attempt failed.", { cause });
    this.name = "AttemptFailed";
    this.context = context;
  }
}
