import type { Tx } from "../../db/client.ts";
import { findConversation } from "../../db/queries/conversation.ts";
import { insertNote } from "../../db/queries/crm-note.ts";
import type { Deps } from "../../deps.ts";
import type { RunContext } from "./run-context.ts";

/** After a push of an ended conversation, where the connection wants transcripts: its note and job, once per conversation. */
export async function orderTranscript(tx: Tx, deps: Deps, { run, connection, contact }: RunContext): Promise<void> {
  if (!connection.addTranscript) return;
  const talk = await findConversation(tx, run.conversationId);
  if (talk?.status !== "ended") return;
  const note = { id: deps.newId(), connectionId: connection.id, contactId: contact.id };
  const isNew = await insertNote(tx, { ...note, conversationId: talk.id });
  if (isNew) await deps.enqueueTranscript(tx, note);
}
