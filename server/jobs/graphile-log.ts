import { Logger as GraphileLogger } from "graphile-worker";
import type { Logger } from "pino";

/** The engine's words in our log. What it attaches is left out: it carries whole jobs. Its routine lines are for debugging. */
export function graphileLog(log: Logger): GraphileLogger {
  return new GraphileLogger(() => (level, message) => {
    if (level === "error") log.error(message);
    else if (level === "warning") log.warn(message);
    else log.debug(message);
  });
}
