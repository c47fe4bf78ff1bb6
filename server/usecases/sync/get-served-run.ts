import type { UserActor } from "../../actor.ts";
import { findConversation } from "../../db/queries/conversation.ts";
import { findRun, type SyncRunRow } from "../../db/queries/sync-run.ts";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../domain/domain-error.ts";
import { servesSite } from "../access.ts";

/** A run of a conversation this agent serves; throws the same `not_found` for others' as for none. */
export async function getServedRun(deps: Deps, actor: UserActor, runId: string): Promise<SyncRunRow> {
  const run = await findRun(deps.db, runId);
  const talk = run && (await findConversation(deps.db, run.conversationId));
  if (!run || !talk || !servesSite(actor, talk.siteId)) throw notFound("sync");
  return run;
}
