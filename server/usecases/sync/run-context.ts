import type { ConnectionRow } from "../../db/queries/connection.ts";
import type { SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { createPushContext, type KnownOfConnection, type PushContext, type PushHistory } from "./push-context.ts";
import { readPushSubject } from "./push-subject.ts";

/** A context that may write: its creates have a key, and what it finds differing comes from a conversation or from none. */
export interface WritingContext extends PushContext {
  readonly run: PushHistory & { readonly id: string; readonly conversationId: string | null };
}

/** Everything one attempt of a run knows before it asks the CRM. */
export interface RunContext extends PushContext {
  readonly run: SyncRunRow;
}

/** Reads what a run is about; null when its contact is gone, which leaves nothing to do. */
export async function loadRunContext(
  deps: Deps,
  run: SyncRunRow,
  connection: ConnectionRow,
  known?: KnownOfConnection,
): Promise<RunContext | null> {
  const subject = run.contactId ? await readPushSubject(deps.db, run.contactId, run.conversationId) : null;
  return subject && { ...(await createPushContext(deps, connection, subject, run, known)), run };
}
