import { asc, eq } from "drizzle-orm";
import type { ConflictRow } from "../../server/db/queries/conflict.ts";
import { findConversation } from "../../server/db/queries/conversation.ts";
import type { CrmLinkRow } from "../../server/db/queries/crm-link.ts";
import { conflict, crmLink } from "../../server/db/schema/sync.ts";
import { settleConflicts } from "../../server/usecases/conflicts/settle-conflicts.ts";
import { CRMS, type Crm } from "./simulated-crms.ts";
import type { Chat, SyncRig } from "./sync-rig.ts";

/** Every conflict there ever was, oldest first. */
export async function conflictsOf(rig: SyncRig): Promise<ConflictRow[]> {
  return await rig.deps.db.select().from(conflict).orderBy(asc(conflict.id));
}

export async function pendingOf(rig: SyncRig): Promise<ConflictRow[]> {
  return (await conflictsOf(rig)).filter(({ status }) => status === "pending");
}

/** Every link there ever was, oldest first. */
export async function linksOf(rig: SyncRig, connectionId?: string): Promise<CrmLinkRow[]> {
  const which = connectionId ? eq(crmLink.connectionId, connectionId) : undefined;
  return await rig.deps.db.select().from(crmLink).where(which).orderBy(asc(crmLink.id));
}

export async function contactOf(rig: SyncRig, { conversationId }: Chat): Promise<string> {
  const talk = await findConversation(rig.deps.db, conversationId);
  if (!talk?.contactId) throw new Error("This conversation has no contact.");
  return talk.contactId;
}

/** How many calls each CRM got since it was connected or asked last; token calls are not counted. */
export function takeCalls(rig: SyncRig): Record<Crm, number> {
  const calls = { hubspot: 0, dynamics: 0, ghl: 0 };
  for (const crm of CRMS) {
    calls[crm] = rig[crm].journal.entries.length;
    rig[crm].journal.clear();
  }
  return calls;
}

/** The people a CRM has, gone ones left out. */
export function peopleIn(rig: SyncRig, crm: Crm) {
  const gone = /^(archived|deleted|merged into)/;
  return rig[crm].records().filter(({ state }) => state === null || !gone.test(state));
}

/** An agent's decision about rows exactly as they are shown now. Returns the outcomes in the rows' order. */
export async function settle(
  rig: SyncRig,
  decision: "use_chat" | "keep_crm",
  rows: readonly ConflictRow[],
  actor = rig.admin,
) {
  const conflicts = rows.map(({ id, crmValue, chatValue }) => ({
    id,
    seenCrmValue: crmValue ?? null,
    seenChatValue: chatValue,
  }));
  const outcomes = await settleConflicts(rig.deps, actor, { decision, conflicts });
  return rows.map(({ id }) => outcomes.get(id));
}
