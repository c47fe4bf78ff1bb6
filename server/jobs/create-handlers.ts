import type { Deps } from "../deps.ts";
import { runSettlement } from "../usecases/conflicts/run-settlement.ts";
import { checkMapping, checkMappings } from "../usecases/connections/check-mappings.ts";
import { endSilentConversations } from "../usecases/conversations/end-silent-conversations.ts";
import { eraseAsAsked } from "../usecases/erase/erase-as-asked.ts";
import { eraseInCrms } from "../usecases/erase/erase-in-crms.ts";
import { workOnFile } from "../usecases/files/work-on-file.ts";
import { forgetIdempotentRequests } from "../usecases/idempotency/forget-idempotent-requests.ts";
import { runImport } from "../usecases/imports/run-import.ts";
import { startDueImports } from "../usecases/imports/start-due-imports.ts";
import { deliverWebhook } from "../usecases/outgoing/deliver-webhook.ts";
import { forgetOutgoingEvents } from "../usecases/outgoing/forget-outgoing-events.ts";
import { linkPhoneCalls } from "../usecases/phone-calls/link-phone-calls.ts";
import { readDuePhoneCalls } from "../usecases/phone-calls/read-due-phone-calls.ts";
import { readPhoneCalls } from "../usecases/phone-calls/read-phone-calls.ts";
import { summarizePhoneCall } from "../usecases/phone-calls/summarize-phone-call.ts";
import { resealSecrets } from "../usecases/secrets/reseal-secrets.ts";
import { addTranscript } from "../usecases/sync/add-transcript.ts";
import { runSync } from "../usecases/sync/run-sync.ts";
import { sweepStuckRuns } from "../usecases/sync/sweep-stuck-runs.ts";
import { forgetOldSessions } from "../usecases/users/forget-old-sessions.ts";
import { forgetWebhookEvents } from "../usecases/webhooks/forget-webhook-events.ts";
import { readWebhookEvent } from "../usecases/webhooks/read-webhook-event.ts";
import type { JobHandlers } from "./catalog.ts";

/** Each job runs one usecase. `pushing`: for pushes, where they have a database of their own. */
export function createHandlers(deps: Deps, pushing: Deps = deps): JobHandlers {
  return {
    "sync-run": (payload) => runSync(pushing, payload),
    "add-transcript": (payload) => addTranscript(deps, payload),
    "settle-conflicts": (payload) => runSettlement(deps, payload),
    "read-webhook-event": (payload) => readWebhookEvent(deps, payload),
    "check-mapping": (payload) => checkMapping(deps, payload),
    "check-mappings": () => checkMappings(deps),
    "deliver-webhook": (payload) => deliverWebhook(deps, payload),
    "import-contacts": (payload) => runImport(deps, payload),
    "start-due-imports": () => startDueImports(deps),
    "work-on-file": (payload) => workOnFile(deps, payload),
    "erase-contact": (payload) => eraseAsAsked(deps, payload),
    "erase-in-crms": (payload) => eraseInCrms(deps, payload),
    "link-phone-calls": () => linkPhoneCalls(deps),
    "read-phone-calls": (payload) => readPhoneCalls(deps, payload),
    "read-due-phone-calls": () => readDuePhoneCalls(deps),
    "summarize-phone-call": (payload) => summarizePhoneCall(deps, payload),
    async "end-silent-conversations"() {
      while ((await endSilentConversations(deps)).more);
    },
    "forget-old-sessions": () => forgetOldSessions(deps),
    "forget-webhook-events": () => forgetWebhookEvents(deps),
    "forget-outgoing-events": () => forgetOutgoingEvents(deps),
    "forget-idempotent-requests": () => forgetIdempotentRequests(deps),
    "reseal-secrets": () => resealSecrets(deps),
    "sweep-stuck-runs": () => sweepStuckRuns(deps),
  };
}
