import type { Mapping } from "@rolodesk/shared/connection";
import { CORE_FIELDS } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { insertAudit } from "../../db/queries/audit.ts";
import { replaceMapping } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription } from "../../domain/connector.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { describeFields } from "./describe-fields.ts";
import { getConnection } from "./get-connection.ts";

/** Saves the whole mapping of a connection, after checking it against the CRM's own fields. */
export async function saveMapping(deps: Deps, actor: UserActor, id: string, { fields }: Mapping): Promise<void> {
  await getConnection(deps.db, actor, id);
  const known = new Map<string, readonly FieldDescription[]>();
  for (const object of new Set(fields.map((row) => row.object))) {
    known.set(object, await describeFields(deps, actor, id, object));
  }
  const problems = problemsOf(fields, known);
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

function problemsOf(
  fields: Mapping["fields"],
  known: ReadonlyMap<string, readonly FieldDescription[]>,
): Record<string, string> {
  const problems: Record<string, string> = {};
  const taken = new Set<string>();
  fields.forEach((row, index) => {
    const field = known.get(row.object)?.find(({ property }) => property === row.property);
    const target = `${row.object}.${row.property}`;
    if (!CORE_FIELDS.some((core) => core === row.field))
      problems[`fields.${index}.field`] = "Rolodesk has no such field.";
    if (!field) problems[`fields.${index}.property`] = `The CRM has no field ${row.property}.`;
    else if (!field.writable && row.policy !== "never") {
      problems[`fields.${index}.property`] =
        `${field.label} is read-only in the CRM. Choose another field, or the policy "never".`;
    }
    if (taken.has(target)) problems[`fields.${index}.property`] = "Another row is mapped to this field already.";
    taken.add(target);
  });
  return problems;
}
