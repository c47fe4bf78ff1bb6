import type { CrmPanel, CrmTab } from "@rolodesk/shared/crm-panel";
import type { ShownValue } from "@rolodesk/shared/sync-run";
import { CORE_FIELDS, fieldLabel } from "@rolodesk/shared/vocabulary";
import { and, desc, eq } from "drizzle-orm";
import type { DbOrTx } from "../db/client.ts";
import {
  type ConnectionRow,
  type FieldMappingRow,
  listConnectionsOfSite,
  listMapping,
} from "../db/queries/connection.ts";
import { type ContactRow, findContact } from "../db/queries/contact.ts";
import { type CrmLinkRow, findLiveLink } from "../db/queries/crm-link.ts";
import { findNoteOfConversation } from "../db/queries/crm-note.ts";
import { type FactRow, latestFacts } from "../db/queries/fact.ts";
import type { SyncRunRow } from "../db/queries/sync-run.ts";
import { syncRun } from "../db/schema/sync.ts";
import type { ConnectorFactory } from "../integrations/connector-factory.ts";
import { viewPendingConflicts } from "./conflict.ts";
import { toSyncRun } from "./sync-run.ts";

interface Talk {
  readonly id: string;
  readonly siteId: string;
  readonly contactId: string | null;
}

/** The CRM sidebar of one conversation: a tab per connection that serves its site. From our database only. */
export async function viewCrmPanel(db: DbOrTx, connectors: ConnectorFactory, talk: Talk): Promise<CrmPanel> {
  const contact = talk.contactId ? await findContact(db, talk.contactId) : undefined;
  const facts: ReadonlyMap<string, FactRow> = await latestFacts(db, talk.id);
  const conflicts = contact ? await viewPendingConflicts(db, contact.id) : [];
  const ours = (field: string) => facts.get(field)?.value ?? heldValue(contact, field);

  const tabs: CrmTab[] = [];
  for (const row of await listConnectionsOfSite(db, talk.siteId)) {
    const kind = connectors.kindOf(row.provider);
    const link = contact ? await findLiveLink(db, row.id, contact.id) : undefined;
    const run = await latestRun(db, row.id, talk);
    tabs.push({
      connection: toTabConnection(row, kind.name),
      link: link ? toTabLink(link) : null,
      values: rowsShown(await listMapping(db, row.id), link, kind.objects).map((mapped) => ({
        field: mapped.field,
        label: fieldLabel(mapped.field),
        property: mapped.property,
        crm: link?.seen[mapped.property] ?? null,
        ours: isCore(mapped.field) ? ours(mapped.field) : plannedValue(run, mapped.property),
      })),
      latestRun: run ? toSyncRun(run, kind) : null,
      conflicts: conflicts.filter(({ connectionId }) => connectionId === row.id),
      transcript: await transcriptOf(db, row.id, talk.id),
    });
  }
  return { tabs };
}

/** The newest push of this person, or of this conversation while it has no contact. */
async function latestRun(db: DbOrTx, connectionId: string, talk: Talk): Promise<SyncRunRow | undefined> {
  const [row] = await db
    .select()
    .from(syncRun)
    .where(
      and(
        eq(syncRun.connectionId, connectionId),
        talk.contactId ? eq(syncRun.contactId, talk.contactId) : eq(syncRun.conversationId, talk.id),
      ),
    )
    .orderBy(desc(syncRun.id))
    .limit(1);
  return row;
}

async function transcriptOf(db: DbOrTx, connectionId: string, conversationId: string): Promise<CrmTab["transcript"]> {
  const note = await findNoteOfConversation(db, connectionId, conversationId);
  return note ? { status: note.status, problem: note.problem } : null;
}

/** The mapping of the linked record's object; before a link, of the object that would win. */
function rowsShown(
  mapping: FieldMappingRow[],
  link: CrmLinkRow | undefined,
  objects: readonly string[],
): FieldMappingRow[] {
  const object = link?.object ?? objects.find((one) => mapping.some((row) => row.object === one));
  return mapping.filter((row) => row.object === object);
}

function isCore(field: string): boolean {
  return CORE_FIELDS.some((core) => core === field);
}

/** Attributes, facts of the chat and fixed values are told as the latest push had them. */
function plannedValue(run: SyncRunRow | undefined, property: string): ShownValue {
  const value = run?.plan?.decisions.find((decision) => decision.property === property)?.chat ?? null;
  return typeof value === "object" && value !== null ? [...value] : value;
}

function heldValue(contact: ContactRow | undefined, field: string): string | null {
  const known = CORE_FIELDS.find((core) => core === field);
  return known && contact ? contact[known] : null;
}

function toTabConnection(row: ConnectionRow, providerName: string): CrmTab["connection"] {
  return {
    id: row.id,
    provider: row.provider,
    providerName,
    name: row.name,
    status: row.status,
    problem: row.problem,
  };
}

function toTabLink(link: CrmLinkRow): CrmTab["link"] {
  return {
    object: link.object,
    externalId: link.externalId,
    url: link.url,
    matchedBy: link.matchedBy,
    matchedReason: link.matchedReason,
    linkedAt: link.createdAt.toISOString(),
    lastSyncedAt: link.lastSyncedAt.toISOString(),
  };
}
