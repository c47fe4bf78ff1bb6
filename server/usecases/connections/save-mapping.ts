import type { MappingInput } from "@rolodesk/shared/connection";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { replaceMapping } from "../../db/queries/connection.ts";
import { listCrmFields } from "../../db/queries/crm-field.ts";
import type { Deps } from "../../deps.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { mappingProblems } from "../../domain/mapping/mapping-problems.ts";
import { missingToCreate } from "../../domain/mapping/missing-to-create.ts";
import { refreshFields } from "./describe-fields.ts";
import { getConnection } from "./get-connection.ts";
import { openConnection } from "./open-connection.ts";
import { noteMappingFaults } from "./reread-fields.ts";

/**
 * Saves the whole mapping of a connection, after checking it against the CRM's own fields as they are now. What they are like is
 * kept with the rows: later changes are told by it.
 */
export async function saveMapping(deps: Deps, actor: UserActor, id: string, { fields }: MappingInput): Promise<void> {
  const row = await getConnection(deps.db, actor, id);
  const { capabilities, providerName } = openConnection(deps, row, { lane: "agent" });
  const unknown = fields.findIndex(({ object }) => !capabilities.objects.includes(object));
  if (unknown >= 0) {
    const words = `${providerName} has no ${fields[unknown]?.object} to map.`;
    throw new DomainError("bad_request", words, { [`fields.${unknown}.property`]: words });
  }
  await refreshFields(deps, actor, id);
  const known = await listCrmFields(deps.db, id);
  const problems = {
    ...mappingProblems(fields, known, providerName),
    ...missingToCreate(fields, known, capabilities, providerName),
  };
  const [problem, ...others] = Object.values(problems);
  if (problem) {
    throw new DomainError("bad_request", others.length > 0 ? "Some rows cannot be saved." : problem, problems);
  }

  await deps.db.transaction(async (tx) => {
    await replaceMapping(
      tx,
      id,
      fields.map((field, position) => {
        const described = known.get(field.object)?.find(({ property }) => property === field.property) ?? null;
        return { id: deps.newId(), connectionId: id, position, described, ...field };
      }),
    );
    await insertAudit(tx, deps, actor, {
      action: "mapping.saved",
      subject: { kind: "connection", id },
      data: { fields },
    });
  });
  await noteMappingFaults(deps, row, providerName);
}
