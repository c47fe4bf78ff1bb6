import type { UserActor } from "../../actor.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { getConnection } from "./get-connection.ts";
import { openConnection } from "./open-connection.ts";

/** The fields of one object, from the CRM's own metadata. */
export async function describeFields(
  deps: Deps,
  actor: UserActor,
  id: string,
  object: string,
): Promise<readonly FieldDescription[]> {
  const row = await getConnection(deps.db, actor, id);
  const { connector, capabilities } = openConnection(deps, row, () => {});
  if (!capabilities.objects.includes(object)) {
    throw new DomainError("bad_request", `This CRM has no ${object} to map.`, { object: "Unknown here." });
  }
  try {
    return await connector.describeFields(object);
  } catch (error) {
    if (error instanceof ConnectorError) throw new DomainError("conflict", error.message);
    throw error;
  }
}
