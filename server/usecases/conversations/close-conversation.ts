import type { EndedBy } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { markActive } from "../../db/queries/contact-activity.ts";
import { type ConversationRow, markEnded } from "../../db/queries/conversation.ts";
import { appendMessage, type MessageRow } from "../../db/queries/message.ts";
import type { Deps } from "../../deps.ts";
import { tellConversationEnded } from "../outgoing/tell-of-conversation.ts";
import { enqueueConversationRuns } from "../sync/enqueue-conversation-runs.ts";
import { type EventLine, eventLine } from "./event-line.ts";

interface Closed {
  readonly conversation: ConversationRow;
  readonly event: MessageRow;
  /** The pushes its end made necessary. */
  readonly runIds: readonly string[];
}

/** Ends an open conversation that the transaction has locked: its status, its last line and its pushes are one deed. */
export async function closeConversation(
  tx: Tx,
  deps: Deps,
  open: ConversationRow,
  endedBy: EndedBy,
  line: EventLine,
): Promise<Closed> {
  const event = await appendMessage(tx, eventLine(deps, open.id, line));
  const conversation = await markEnded(tx, open, endedBy, deps.now());
  if (conversation.contactId) await markActive(tx, conversation.contactId, deps.now());
  await tellConversationEnded(tx, deps, conversation);
  return { conversation, event, runIds: await enqueueConversationRuns(tx, deps, conversation) };
}
