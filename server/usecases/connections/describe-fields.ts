import type { UserActor } from "../../actor.ts";
import { storeCrmFields } from "../../db/queries/crm-field.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { getConnection } from "./get-connection.ts";
import { openConnection } from "./open-connection.ts";

/** The fields of one object, read anew from the CRM's own metadata; pushes check their values against what is read here. */
export async function describeFields(
  deps: Deps,
  actor: UserActor,
  id: string,
  object: string,
): Promise<readonly FieldDescription[]> {
  const row = await getConnection(deps.db, actor, id);
  const { connector, capabilities } = openConnection(deps, row, { lane: "agent" });
  if (!capabilities.objects.includes(object)) {
    throw new DomainError("bad_request", `This CRM has no ${object} to map.`, { object: "Unknown here." });
  }
  try {
    const fields = await connector.describeFields(object);
    await storeCrmFields(deps.db, { connectionId: id, object, fields: [...fields], fetchedAt: deps.now() });
    return fields;
  } catch (error) {
    if (error instanceof ConnectorError) throw new DomainError("conflict", error.message);
    throw error;
  }
}
