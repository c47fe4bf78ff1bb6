import { asc, eq } from "drizzle-orm";
import { findConnection, updateConnection } from "../../db/queries/connection.ts";
import { findLiveLink } from "../../db/queries/crm-link.ts";
import { type CrmNoteRow, findNote, updateNote } from "../../db/queries/crm-note.ts";
import { conversation, message, visitor } from "../../db/schema/conversation.ts";
import { site } from "../../db/schema/site.ts";
import type { Deps } from "../../deps.ts";
import { ConnectorError, RECOVERY } from "../../domain/connector-error.ts";
import { fullName } from "../../domain/identity/name.ts";
import { backoffMs, MAX_ATTEMPTS } from "../../domain/sync/backoff.ts";
import { transcriptText } from "../../domain/transcript.ts";
import { markRefused } from "../connections/mark-refused.ts";
import { openConnection } from "../connections/open-connection.ts";

const LOCK_WAIT_MS = 2_000;
const COME_BACK_MS = 5_000;
const ASK_AGAIN_WHILE_INACTIVE_MS = 60_000;

/**
 * The job that puts a conversation's transcript on the linked record. The connector looks for the note's key before it adds it
 * again, so a lost answer or a kill makes no second note.
 */
export async function addTranscript(deps: Deps, { noteId }: { noteId: string }): Promise<void> {
  const note = await findNote(deps.db, noteId);
  if (note?.status !== "waiting") return;
  const held = await deps.locks.hold(note.connectionId, note.contactId, LOCK_WAIT_MS, () => attemptOn(deps, note));
  if (held === "busy") await comeBack(deps, note, COME_BACK_MS);
}

/** The record of a contact that was merged while we waited is held under the survivor's name. */
async function attemptOn(deps: Deps, note: CrmNoteRow): Promise<void> {
  const current = await findNote(deps.db, note.id);
  if (current?.status !== "waiting") return;
  if (current.contactId !== note.contactId) return await comeBack(deps, current, 0);
  await attempt(deps, current);
}

async function attempt(deps: Deps, note: CrmNoteRow): Promise<void> {
  const connection = await findConnection(deps.db, note.connectionId);
  const link = await findLiveLink(deps.db, note.connectionId, note.contactId);
  if (!connection || !link) {
    return await updateNote(deps.db, note.id, { status: "failed", problem: "There is no linked record to add it to." });
  }
  if (connection.status !== "active") return await comeBack(deps, note, ASK_AGAIN_WHILE_INACTIVE_MS);
  const waitMs = (connection.waitUntil?.getTime() ?? 0) - deps.now().getTime();
  if (waitMs > 0) return await comeBack(deps, note, waitMs);
  try {
    const { connector } = openConnection(deps, connection, { lane: "end" });
    const body = await readTranscript(deps, note.conversationId);
    const { noteId } = await connector.addNote(link, { body, at: note.createdAt.toISOString() }, note.id);
    await updateNote(deps.db, note.id, { status: "added", remoteId: noteId, problem: null });
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (RECOVERY[error.code] === "reconnect") {
      await deps.db.transaction((tx) => markRefused(tx, connection, error.message));
      return await comeBack(deps, note, ASK_AGAIN_WHILE_INACTIVE_MS);
    }
    if (error.status === 429 && error.retryAfterMs !== undefined) {
      const waitUntil = new Date(deps.now().getTime() + error.retryAfterMs);
      await updateConnection(deps.db, connection.id, { waitUntil });
    }
    await afterFailure(deps, note, error);
  }
}

async function afterFailure(deps: Deps, note: CrmNoteRow, error: ConnectorError): Promise<void> {
  const attempts = error.code === "rate_limited" ? note.attempts : note.attempts + 1;
  const isFinal = RECOVERY[error.code] === "review" || error.code === "not_found" || attempts >= MAX_ATTEMPTS;
  await updateNote(deps.db, note.id, { attempts, problem: error.message, status: isFinal ? "failed" : "waiting" });
  if (!isFinal) await comeBack(deps, note, error.retryAfterMs ?? backoffMs(Math.max(1, attempts), deps.random()));
}

async function comeBack(deps: Deps, note: CrmNoteRow, delayMs: number): Promise<void> {
  const at = new Date(deps.now().getTime() + delayMs);
  await deps.db.transaction((tx) => deps.enqueueTranscript(tx, note, at));
}

async function readTranscript(deps: Deps, conversationId: string): Promise<string> {
  const [talk] = await deps.db
    .select({ siteName: site.name, stated: visitor.stated })
    .from(conversation)
    .innerJoin(site, eq(site.id, conversation.siteId))
    .innerJoin(visitor, eq(visitor.id, conversation.visitorId))
    .where(eq(conversation.id, conversationId));
  const lines = await deps.db
    .select({ kind: message.kind, authorName: message.authorName, text: message.text, at: message.createdAt })
    .from(message)
    .where(eq(message.conversationId, conversationId))
    .orderBy(asc(message.seq));
  const name = { firstName: talk?.stated.firstName?.value ?? null, lastName: talk?.stated.lastName?.value ?? null };
  return transcriptText(talk?.siteName ?? "the website", fullName(name), lines);
}
