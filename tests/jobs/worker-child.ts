import { appendFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { startRunner } from "../../server/jobs/runner.ts";
import { createLog } from "../../server/log.ts";

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
    async "sync-run"({ runId }) {
      note("begin", runId);
      await delay(Number(durationMs));
      note("end", runId);
    },
    async "add-transcript"() {},
    async "settle-conflicts"() {},
    async "read-webhook-event"() {},
    async "check-mapping"() {},
    async "check-mappings"() {},
    async "read-phone-calls"() {},
    async "read-due-phone-calls"() {},
    async "erase-contact"() {},
    async "erase-in-crms"() {},
    async "link-phone-calls"() {},
    async "summarize-phone-call"() {},
    async "end-silent-conversations"() {},
    async "forget-old-sessions"() {},
    async "forget-webhook-events"() {},
    async "forget-idempotent-requests"() {},
    async "deliver-webhook"() {},
    async "forget-outgoing-events"() {},
    async "import-contacts"() {},
    async "work-on-file"() {},
    async "start-due-imports"() {},
    async "reseal-secrets"() {},
    async "sweep-stuck-runs"() {},
  },
});
process.on("SIGTERM", () => {
  void runner.stop().then(() => process.exit(0));
});
note("ready", "-");
