import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { startRunner } from "../../server/jobs/runner.ts";
import { createLog } from "../../server/log.ts";
import { IDLE_HANDLERS } from "../support/idle-handlers.ts";

/**
 * A job process to be killed: `worker-child.ts <database url> <journal file> <ms a push takes>`. Every begin and end of a
 * push is a line `begin <run> <pid>` in the journal. SIGTERM stops it cleanly.
 */
const [url = "", journal = "", durationMs = "0"] = process.argv.slice(2);
const note = (what: string, runId: string) => appendFileSync(journal, `${what} ${runId} ${process.pid}\n`);

const runner = await startRunner({
  url,
  log: createLog({ level: "warn" }),
  beatMs: 200,
  finishTimeoutMs: 4000,
  handlers: {
    ...IDLE_HANDLERS,
    async "sync-run"({ runId }) {
      note("begin", runId);
      await delay(Number(durationMs));
      note("end", runId);
    },
  },
});
process.on("SIGTERM", () => {
  void runner.stop().then(() => process.exit(0));
});
note("ready", "-");
