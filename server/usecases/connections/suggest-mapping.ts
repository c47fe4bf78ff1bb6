import type { FieldMapping } from "@rolodesk/shared/connection";
import type { MappingSuggestion, MappingSuggestions } from "@rolodesk/shared/mapping";
import { ATTRIBUTE_PREFIX, CONVERSATION_SOURCES, CORE_FIELDS, FULL_NAME_SOURCE } from "@rolodesk/shared/vocabulary";
import type { UserActor } from "../../actor.ts";
import { listAttributeNames } from "../../db/queries/attribute-names.ts";
import { type FieldMappingRow, listMapping } from "../../db/queries/connection.ts";
import type { Deps } from "../../deps.ts";
import type { FieldDescription } from "../../domain/connector.ts";
import { type Proposal, proposeMapping } from "../../domain/mapping/propose-mapping.ts";
import type { DefaultMapping } from "../../integrations/module.ts";
import { describeFields } from "./describe-fields.ts";
import { getConnection } from "./get-connection.ts";

/** Rows an admin may want to add: what the mapping does not write yet, where a field of the CRM looks made for it. */
export async function suggestMapping(deps: Deps, actor: UserActor, id: string): Promise<MappingSuggestions> {
  const { provider } = await getConnection(deps.db, actor, id);
  const kind = deps.connectors.kindOf(provider);
  const mapping = await listMapping(deps.db, id);
  const attributes = (await listAttributeNames(deps.db)).map((name) => ATTRIBUTE_PREFIX + name);
  const suggestions: MappingSuggestion[] = [];
  for (const object of kind.objects) {
    const { fields } = await describeFields(deps, actor, id, object);
    const mapped = mapping.filter((row) => row.object === object);
    const free = fields.filter(({ property }) => !mapped.some((row) => row.property === property));
    const ours = [...CORE_FIELDS, ...attributes, ...CONVERSATION_SOURCES, FULL_NAME_SOURCE].filter(
      (source) => !mapped.some((row) => row.field === source || namesAlready(row, source)),
    );
    suggestions.push(...proposeMapping(free, ours).map((proposal) => toSuggestion(object, proposal, fields)));
  }
  return { isUntouched: isDefault(mapping, kind.defaultMapping), suggestions };
}

/** A whole name is not wanted beside its halves. */
function namesAlready(row: FieldMappingRow, source: string): boolean {
  return source === FULL_NAME_SOURCE && (row.field === "firstName" || row.field === "lastName");
}

/** What changes with every chat is only filled in at first: it would be asked about each time. */
function toSuggestion(object: string, { field, property, by }: Proposal, fields: readonly FieldDescription[]) {
  const label = fields.find((one) => one.property === property)?.label ?? property;
  const isPersons = CORE_FIELDS.some((core) => core === field) || field === FULL_NAME_SOURCE;
  const policy: FieldMapping["policy"] = isPersons ? "fill_blank" : "crm_wins";
  const reason = by === "name" ? `Its name there is ${property}.` : `It is called “${label}” there.`;
  return { row: { field, object, property, policy, transform: { kind: "none" as const } }, label, reason };
}

function isDefault(mapping: readonly FieldMappingRow[], defaults: readonly DefaultMapping[]): boolean {
  return (
    mapping.length === defaults.length &&
    defaults.every((row, at) => {
      const now = mapping[at];
      return now?.field === row.field && now.object === row.object && now.property === row.property;
    })
  );
}
