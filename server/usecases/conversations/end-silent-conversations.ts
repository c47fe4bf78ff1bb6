import { listSilentConversations, lockConversation } from "../../db/queries/conversation.ts";
import { findSite } from "../../db/queries/site.ts";
import type { Deps } from "../../deps.ts";
import { closeConversation } from "./close-conversation.ts";
import { endedBySilence } from "./event-line.ts";
import { publishConversation, publishRuns } from "./publish-conversation.ts";

const AT_ONCE = 200;

/** Ends conversations in which nobody wrote for as long as their site allows. Answers how many; call it again at once when it was all it takes at a time. */
export async function endSilentConversations(deps: Deps): Promise<{ ended: number; more: boolean }> {
  const ids = await listSilentConversations(deps.db, deps.now(), AT_ONCE);
  let ended = 0;
  for (const id of ids) if (await endIfStillSilent(deps, id)) ended += 1;
  return { ended, more: ids.length === AT_ONCE };
}

async function endIfStillSilent(deps: Deps, conversationId: string): Promise<boolean> {
  const closed = await deps.db.transaction(async (tx) => {
    const row = await lockConversation(tx, conversationId);
    const site = row && (await findSite(tx, row.siteId));
    if (!site || row.status === "ended") return undefined;
    const silentAt = row.lastMessageAt.getTime() + site.idleMinutes * 60_000;
    if (silentAt > deps.now().getTime()) return undefined;
    return await closeConversation(tx, deps, row, "silence", endedBySilence());
  });
  if (!closed) return false;
  await publishConversation(deps, conversationId, [closed.event]);
  publishRuns(deps, closed.conversation, closed.runIds);
  return true;
}
