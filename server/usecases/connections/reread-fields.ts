import { type ConnectionRow, listMapping, rememberDescribed } from "../../db/queries/connection.ts";
import { listCrmFields, storeCrmFields } from "../../db/queries/crm-field.ts";
import { listMappingChecks, storeMappingCheck } from "../../db/queries/mapping-check.ts";
import type { Deps } from "../../deps.ts";
import { mappingFaults } from "../../domain/mapping/mapping-faults.ts";
import type { OpenConnector } from "../../integrations/connector-factory.ts";
import { publishConnection } from "./publish-connection.ts";

/** Reads the metadata of everything a connection can map anew, and notes what of its mapping has broken or mended. */
export async function rereadFields(deps: Deps, connection: ConnectionRow, crm: OpenConnector): Promise<void> {
  for (const object of crm.capabilities.objects) {
    const fields = [...(await crm.connector.describeFields(object))];
    await storeCrmFields(deps.db, { connectionId: connection.id, object, fields, fetchedAt: deps.now() });
  }
  await noteMappingFaults(deps, connection, crm.providerName);
}

/** Compares the mapping with the metadata as it is known here; admins hear of it when something changed. No call is made. */
export async function noteMappingFaults(deps: Deps, connection: ConnectionRow, crmName: string): Promise<void> {
  const { id } = connection;
  const crmFields = await listCrmFields(deps.db, id);
  const rows = await listMapping(deps.db, id);
  for (const { id: rowId, object, property, described } of rows) {
    const field = crmFields.get(object)?.find((one) => one.property === property);
    if (field && !described) await rememberDescribed(deps.db, rowId, field);
  }
  const faults = mappingFaults(rows, crmFields, crmName);
  const before = (await listMappingChecks(deps.db, [id])).get(id);
  await storeMappingCheck(deps.db, { connectionId: id, faults, problem: null, checkedAt: deps.now() });
  const wasSame = JSON.stringify(before?.faults ?? []) === JSON.stringify(faults) && !before?.problem;
  if (!wasSame) publishConnection(deps, connection);
}
