import type { MappingInput } from "@rolodesk/shared/connection";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { replaceMapping } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription } from "../../domain/connector.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { mappingProblems } from "../../domain/mapping/mapping-problems.ts";
import { describeFields } from "./describe-fields.ts";
import { getConnection } from "./get-connection.ts";

/** Saves the whole mapping of a connection, after checking it against the CRM's own fields. */
export async function saveMapping(deps: Deps, actor: UserActor, id: string, { fields }: MappingInput): Promise<void> {
  const { provider } = await getConnection(deps.db, actor, id);
  const known = new Map<string, readonly FieldDescription[]>();
  for (const object of new Set(fields.map((row) => row.object))) {
    known.set(object, await describeFields(deps, actor, id, object));
  }
  const problems = mappingProblems(fields, known, deps.connectors.kindOf(provider).name);
  if (Object.keys(problems).length > 0) throw new DomainError("bad_request", "Some rows cannot be saved.", problems);

  await deps.db.transaction(async (tx) => {
    await replaceMapping(
      tx,
      id,
      fields.map((row, position) => ({ id: deps.newId(), connectionId: id, position, ...row })),
    );
    await insertAudit(tx, deps, actor, {
      action: "mapping.saved",
      subject: { kind: "connection", id },
      data: { fields },
    });
  });
}
