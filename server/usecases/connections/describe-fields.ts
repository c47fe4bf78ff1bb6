import type { UserActor } from "../../actor.ts";
import { findCrmFields } from "../../db/queries/crm-field.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription } from "../../domain/connector.ts";
import { ConnectorError } from "../../domain/connector-error.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { getConnection } from "./get-connection.ts";
import { openConnection } from "./open-connection.ts";
import { rereadFields } from "./reread-fields.ts";

/** An object's fields as the CRM described them at `fetchedAt`. */
interface DescribedFields {
  readonly fields: readonly FieldDescription[];
  readonly fetchedAt: Date;
  /** Whether the connection creates such records: only then does it matter what they require. */
  readonly isCreated: boolean;
}

const FRESH_MS = 24 * 60 * 60_000;

/** The fields of one object: as they are known, or read from the CRM where they are not known or a day old. */
export async function describeFields(
  deps: Deps,
  actor: UserActor,
  id: string,
  object: string,
): Promise<DescribedFields> {
  const row = await getConnection(deps.db, actor, id);
  const crm = openConnection(deps, row, { lane: "agent" });
  if (!crm.capabilities.objects.includes(object)) {
    throw new DomainError("bad_request", `This CRM has no ${object} to map.`, { object: "Unknown here." });
  }
  const isCreated = crm.capabilities.creates === object;
  const known = await findCrmFields(deps.db, id, object);
  if (known && deps.now().getTime() - known.fetchedAt.getTime() < FRESH_MS) return { ...known, isCreated };
  try {
    await rereadFields(deps, row, crm);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    if (known) return { ...known, isCreated };
    throw new DomainError("conflict", error.message);
  }
  const read = await findCrmFields(deps.db, id, object);
  if (!read) throw new Error("Fields that were just read are there.");
  return { ...read, isCreated };
}

/** Reads everything a connection can map anew from the CRM's metadata; pushes check their values against what is read here. */
export async function refreshFields(deps: Deps, actor: UserActor, id: string): Promise<void> {
  const row = await getConnection(deps.db, actor, id);
  try {
    await rereadFields(deps, row, openConnection(deps, row, { lane: "agent" }));
  } catch (error) {
    if (error instanceof ConnectorError) throw new DomainError("conflict", error.message);
    throw error;
  }
}
