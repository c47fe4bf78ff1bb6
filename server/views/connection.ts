import type { Connection, CrmField, Mapping, ProviderForm } from "@rolodesk/shared/connection";
import type { UserActor } from "../actor.ts";
import type { DbOrTx } from "../db/client.ts";
import {
  type ConnectionRow,
  listConnectionActivity,
  listConnectionSites,
  listConnections,
  listMapping,
} from "../db/queries/connection.ts";
import { listMappingChecks, type MappingCheckRow } from "../db/queries/mapping-check.ts";
import type { FieldDescription } from "../domain/connector.ts";
import type { ConnectorFactory, CrmKind } from "../integrations/connector-factory.ts";
import type { ConnectionInput } from "../integrations/module.ts";

/** What agents are not told. */
const FOR_ADMINS = {
  settings: {},
  credentialHints: {},
  accountId: "",
  problem: null,
  mappingFaults: [],
  mappingProblem: null,
};

/** All connections, or those that serve an agent's sites. Agents are told names and states; settings and hints are for admins. */
export async function viewConnections(
  db: DbOrTx,
  connectors: ConnectorFactory,
  actor: UserActor,
): Promise<Connection[]> {
  const rows = await listSeenConnections(db, actor);
  const sites = await listConnectionSites(
    db,
    rows.map(({ id }) => id),
  );
  const activity = await listConnectionActivity(db);
  const checks = await listMappingChecks(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const shown = toConnection(row, connectors, sites.get(row.id) ?? [], activity.get(row.id), checks.get(row.id));
    return actor.role === "admin" ? shown : { ...shown, ...FOR_ADMINS };
  });
}

/** Connections that serve one of the agent's sites. */
export async function listSeenConnections(db: DbOrTx, { siteIds }: UserActor): Promise<ConnectionRow[]> {
  const all = await listConnections(db);
  const sites = await listConnectionSites(
    db,
    all.map(({ id }) => id),
  );
  return all.filter(({ id }) => {
    const served = sites.get(id) ?? [];
    return siteIds === null || served.length === 0 || served.some((siteId) => siteIds.includes(siteId));
  });
}

export async function viewConnection(
  db: DbOrTx,
  connectors: ConnectorFactory,
  row: ConnectionRow,
): Promise<Connection> {
  const sites = await listConnectionSites(db, [row.id]);
  const activity = await listConnectionActivity(db);
  const checks = await listMappingChecks(db, [row.id]);
  return toConnection(row, connectors, sites.get(row.id) ?? [], activity.get(row.id), checks.get(row.id));
}

function toConnection(
  row: ConnectionRow,
  connectors: ConnectorFactory,
  siteIds: string[],
  activity: { waitingRuns: number; lastSyncedAt: Date | null } | undefined,
  check: MappingCheckRow | undefined,
): Connection {
  return {
    id: row.id,
    provider: row.provider,
    providerName: connectors.kindOf(row.provider).name,
    name: row.name,
    status: row.status,
    access: row.access,
    problem: row.problem,
    accountId: row.accountId,
    accountName: row.accountName,
    settings: row.settings,
    credentialHints: row.credentialHints,
    siteIds,
    verifiedOnly: row.verifiedOnly,
    lookupOrder: row.lookupOrder,
    addTranscript: row.addTranscript,
    onErase: row.onErase,
    mappingFaults: (check?.faults ?? []).map(({ object, property, words, leavesOut }) => ({
      ...{ object, property, words, leavesOut },
    })),
    mappingProblem: check?.problem ?? null,
    waitingRuns: activity?.waitingRuns ?? 0,
    lastSyncedAt: activity?.lastSyncedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

export async function viewMapping(db: DbOrTx, connectionId: string): Promise<Mapping> {
  const rows = await listMapping(db, connectionId);
  return {
    fields: rows.map(({ field, object, property, policy, transform }) => ({
      field,
      object,
      property,
      policy,
      transform,
    })),
  };
}

/** `demo`: what opens the simulated CRM, in a demo. */
export function toProviderForm(
  { provider, name, objects, inputs, guide, oauth }: CrmKind,
  { publicUrl, demo }: { readonly publicUrl: string; readonly demo: ProviderForm["demo"] },
): ProviderForm {
  return {
    provider,
    name,
    objects: [...objects],
    inputs: inputs.map(toFormInput),
    guide: toGuide(guide),
    oauth: oauth && {
      inputs: oauth.inputs.map(toFormInput),
      guide: toGuide(oauth.guide),
      redirectUrl: `${publicUrl}/oauth/${provider}/callback`,
    },
    demo,
  };
}

function toGuide({ name, about, steps, scopes, links }: CrmKind["guide"]): ProviderForm["guide"] {
  return {
    name,
    about,
    steps: [...steps],
    scopes: [...scopes],
    links: links.map(({ label, url }) => ({ label, url })),
  };
}

/** What a record requires matters only where the connection creates such records. */
export function toCrmField(field: FieldDescription, isCreated: boolean): CrmField {
  const { property, label, type, maxLength, required, writable, custom, options } = field;
  return {
    ...{ property, label, type, maxLength, writable, custom },
    required: required && isCreated,
    readOnlyBecause: field.readOnlyBecause ?? null,
    unreadable: field.unreadable ?? false,
    options: [...options],
  };
}

function toFormInput({ choices, ...input }: ConnectionInput): ProviderForm["inputs"][number] {
  return choices ? { ...input, choices: choices.map(({ value, label }) => ({ value, label })) } : { ...input };
}
