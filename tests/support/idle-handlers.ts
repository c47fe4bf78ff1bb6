import type { JobHandlers } from "../../server/jobs/catalog.ts";

/** Jobs that are done at once, for a runner of which a test looks at one kind. */
export const IDLE_HANDLERS: JobHandlers = {
  async "sync-run"() {},
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
};
