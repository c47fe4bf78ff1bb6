import { Logger as GraphileLogger } from "graphile-worker";
import type { Logger } from "pino";

/** The engine's words in our log. Its routine lines are for debugging; failed jobs are told by the runner, who has the error. */
export function graphileLog(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message, meta) => {
    if (meta && "failure" in meta) return;
    if (level === "error") log.error(message);
    else if (level === "warning") log.warn(message);
    else log.debug(message);
  });
}
