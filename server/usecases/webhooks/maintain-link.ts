import type { WebhookEventKind } from "@rolodesk/shared/vocabulary";
import type { Tx } from "../../db/client.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import type { ConnectionRow } from "../../db/queries/connection.ts";
import {
  type CrmLinkRow,
  closeLink,
  findLinkOfRecord,
  findLiveLink,
  listOpenConflicts,
  lockLink,
  updateLink,
} from "../../db/queries/crm-link.ts";
import { resolveContactId } from "../../db/queries/visible-contacts.ts";
import type { Deps } from "../../deps.ts";
import type { Connector, CrmRecord, Lookup } from "../../domain/connector.ts";
import type { TakeTold } from "../imports/take-told-record.ts";
import { joinLinks } from "./join-links.ts";
import { publishLink } from "./publish-link.ts";
import { type Taken, takeRecord } from "./take-record.ts";

const LOCK_WAIT_MS = 2_000;

interface Maintenance {
  readonly connection: ConnectionRow;
  readonly connector: Connector;
  /** "HubSpot", for what is said to people. */
  readonly providerName: string;
  /** Every mapped property, once. */
  readonly properties: readonly string[];
  /** Takes the record into our contact; null where contacts are not kept in step. */
  readonly takeTold?: TakeTold | null;
  /** Notes that the events are dealt with, in the transaction of what came of them. */
  finish(tx: Tx, outcome: string): Promise<void>;
}

/**
 * Reads the record of a link again and follows it: other values, another id, gone, back again; nothing of a person who was
 * erased. The caller holds the record. `busy`: it moved to a record that somebody else holds just now; nothing is done then.
 */
export async function maintainLink(
  deps: Deps,
  maintenance: Maintenance,
  link: CrmLinkRow,
  kinds: ReadonlySet<WebhookEventKind>,
): Promise<"done" | "busy"> {
  if (!(await resolveContactId(deps.db, link.contactId))) {
    return await finishOnly(deps, maintenance, "The person was erased here.");
  }
  if (kinds.has("privacy_deleted")) return await requestErasure(deps, maintenance, link);
  const { connector, properties, providerName } = maintenance;
  const mayReturn = kinds.has("restored") && link.closedReason === deletedWords(providerName);
  if (link.state === "closed" && !mayReturn) return await finishOnly(deps, maintenance, "The link was closed before.");
  const found = await connector.getContact(link, properties);
  if (link.state === "closed") return await reopen(deps, maintenance, link, found);
  if (found.kind === "gone") return await end(deps, maintenance, link);
  if (!hasMoved(link, found.record)) return await follow(deps, maintenance, link, found.record);
  // of two links that move to one record at once, the second meets the first
  const target = `${found.record.object}/${found.record.externalId}`;
  return await deps.locks.hold(link.connectionId, target, LOCK_WAIT_MS, () =>
    move(deps, maintenance, link, found.record),
  );
}

async function move(
  deps: Deps,
  maintenance: Maintenance,
  link: CrmLinkRow,
  record: CrmRecord,
): Promise<"done" | "busy"> {
  const owner = await findLinkOfRecord(deps.db, link.connectionId, record);
  if (!owner) return await follow(deps, maintenance, link, record);
  return await deps.locks.hold(link.connectionId, owner.contactId, LOCK_WAIT_MS, () =>
    join(deps, maintenance, { link, owner, record }),
  );
}

function hasMoved(link: CrmLinkRow, { object, externalId }: CrmRecord): boolean {
  return link.externalId !== externalId || link.object !== object;
}

/** What a link that is closed because its record was deleted says of it. */
function deletedWords(providerName: string): string {
  return `Deleted in ${providerName}.`;
}

async function finishOnly(deps: Deps, { finish }: Maintenance, outcome: string): Promise<"done"> {
  await deps.db.transaction((tx) => finish(tx, outcome));
  return "done";
}

async function follow(deps: Deps, maintenance: Maintenance, link: CrmLinkRow, record: CrmRecord): Promise<"done"> {
  const moved = hasMoved(link, record);
  const taken = await deps.db.transaction(async (tx) => {
    if (moved) await updateLink(tx, link.id, movedTo(maintenance, link, record));
    const news = await takeWhole(tx, deps, maintenance, link, record);
    await maintenance.finish(tx, moved ? "The record moved; the link went with it." : outcomeOf(news));
    return news;
  });
  if (moved || taken.changed) publishLink(deps, link, taken.conflicts);
  return "done";
}

/** What the link shows, its conflicts, and, where contacts are kept in step, our contact. */
async function takeWhole(
  tx: Tx,
  deps: Deps,
  maintenance: Maintenance,
  link: CrmLinkRow,
  record: CrmRecord,
): Promise<Taken> {
  // first, because it locks the keys of people, which come before any row
  const imported = await maintenance.takeTold?.(tx, record);
  const current = (await lockLink(tx, link.id)) ?? link;
  const taken = await takeRecord(tx, deps, maintenance, current, record);
  return { ...taken, changed: taken.changed || (imported?.changed ?? false) };
}

function outcomeOf({ changed }: { readonly changed: boolean }): string {
  return changed ? "Newer values were read." : "Nothing we did not know.";
}

function movedTo({ connector }: Maintenance, link: CrmLinkRow, record: CrmRecord) {
  return {
    object: record.object,
    externalId: record.externalId,
    aliases: [...new Set([...link.aliases, link.externalId])].filter((id) => id !== record.externalId),
    url: connector.recordUrl(record),
  };
}

async function end(deps: Deps, { finish, providerName }: Maintenance, link: CrmLinkRow): Promise<"done"> {
  const conflicts = await deps.db.transaction(async (tx) => {
    const open = await listOpenConflicts(tx, link.id);
    await closeLink(tx, link.id, deletedWords(providerName));
    await finish(tx, "The record is gone; the link was closed.");
    return open;
  });
  publishLink(deps, link, conflicts);
  return "done";
}

async function join(
  deps: Deps,
  maintenance: Maintenance,
  links: { readonly link: CrmLinkRow; readonly owner: CrmLinkRow; readonly record: CrmRecord },
): Promise<"done"> {
  const { link, owner, record } = links;
  const { kept, ended, conflicts, taken } = await deps.db.transaction(async (tx) => {
    const joined = await joinLinks(tx, maintenance.providerName, link, owner);
    await updateLink(tx, joined.kept.id, movedTo(maintenance, joined.kept, record));
    const news = await takeWhole(tx, deps, maintenance, joined.kept, record);
    await maintenance.finish(tx, "The record was merged with one that is linked to another contact.");
    return { ...joined, taken: news };
  });
  publishLink(deps, ended, conflicts);
  publishLink(deps, kept, taken.conflicts);
  return "done";
}

/** A record that is back is linked again, unless it or the contact has another link by now. */
async function reopen(deps: Deps, maintenance: Maintenance, link: CrmLinkRow, found: Lookup): Promise<"done"> {
  if (found.kind !== "found") return await finishOnly(deps, maintenance, "The record is still gone.");
  const { record } = found;
  const reopened = await deps.db.transaction(async (tx) => {
    const taken =
      (await findLinkOfRecord(tx, link.connectionId, record)) ??
      (await findLiveLink(tx, link.connectionId, link.contactId));
    if (taken) {
      await maintenance.finish(tx, "The record is back, but is linked anew already.");
      return false;
    }
    await updateLink(tx, link.id, { state: "live", closedReason: null });
    await takeWhole(tx, deps, maintenance, link, record);
    await maintenance.finish(tx, "The record is back; so is the link.");
    return true;
  });
  if (reopened) publishLink(deps, link, []);
  return "done";
}

/** A deletion for privacy in the CRM: nothing is written there any more, and a job erases the person here. */
async function requestErasure(deps: Deps, maintenance: Maintenance, link: CrmLinkRow): Promise<"done"> {
  const { finish, providerName } = maintenance;
  const reason = `Deleted in ${providerName} for privacy.`;
  if (link.closedReason === reason) return await finishOnly(deps, maintenance, "Asked for before.");
  const conflicts = await deps.db.transaction(async (tx) => {
    const open = await listOpenConflicts(tx, link.id);
    await closeLink(tx, link.id, reason);
    await insertAudit(
      tx,
      deps,
      { kind: "system", name: "webhook" },
      {
        action: "contact.erase_requested",
        subject: { kind: "contact", id: link.contactId },
        contactId: link.contactId,
        data: { connectionId: link.connectionId, object: link.object, externalId: link.externalId },
      },
    );
    const { contactId, connectionId } = link;
    await deps.enqueue(tx, { name: "erase-contact", payload: { contactId, connectionId } });
    await finish(tx, "The CRM asks that this person be erased; the link was closed.");
    return open;
  });
  publishLink(deps, link, conflicts);
  return "done";
}
