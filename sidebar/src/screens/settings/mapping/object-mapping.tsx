import type { Connection, CrmField } from "@rolodesk/shared/connection";
import type { FieldPolicy } from "@rolodesk/shared/vocabulary";
import { Plus } from "lucide";
import { Button } from "../../../components/button.tsx";
import type { ComboOption } from "../../../components/combobox.tsx";
import { ErrorCard } from "../../../components/state-cards.tsx";
import { listFields } from "../../../endpoints/settings.ts";
import { useResource } from "../use-resource.ts";
import type { MappingRow, RowErrors } from "./mapping-draft.ts";
import { MappingRowEditor } from "./mapping-row.tsx";

interface ObjectMappingProps {
  connection: Connection;
  object: string;
  rows: readonly MappingRow[];
  errors: ReadonlyMap<number, RowErrors>;
  onRow: (row: MappingRow) => void;
  onRemove: (key: number) => void;
  onAdd: () => void;
}

/** The rows of one CRM object, with its own list of properties. */
export function ObjectMapping(props: ObjectMappingProps) {
  const { connection, object, rows } = props;
  const fields = useResource(`fields-${connection.id}-${object}`, () => listFields(connection.id, object));
  const crmFields = fields.data?.fields ?? [];
  const unmapped = crmFields.filter(
    (field) => field.required && field.writable && !rows.some((row) => row.property === field.property),
  );
  const title = sentence(object);
  return (
    <section class="settings-card mapping" aria-label={`${title} fields`}>
      <h3>{title}</h3>
      {fields.problem && <ErrorCard message={fields.problem} onRetry={fields.reload} />}
      {unmapped.length > 0 && (
        <p class="mapping-required">
          {connection.providerName} requires {unmapped.map((field) => field.label).join(", ")}. Without it, new records
          may be refused.
        </p>
      )}
      {rows.length > 0 && (
        <div class="mapping-head" aria-hidden="true">
          <span>Ours</span>
          <span>{connection.providerName}</span>
          <span>When they differ</span>
        </div>
      )}
      <ul class="mapping-rows">
        {rows.map((row) => (
          <MappingRowEditor
            key={row.key}
            row={row}
            fields={fields.data?.fields ?? null}
            options={crmFields.map((field) => optionOf(field, row.policy))}
            errors={props.errors.get(row.key) ?? {}}
            crmName={connection.providerName}
            onRow={props.onRow}
            onRemove={() => props.onRemove(row.key)}
          />
        ))}
      </ul>
      <Button small icon={Plus} onClick={props.onAdd}>
        Add a field
      </Button>
    </section>
  );
}

/** A property only the CRM may write can be shown to agents, and no more. */
function optionOf(field: CrmField, policy: FieldPolicy): ComboOption {
  const notes = [field.type];
  if (field.maxLength !== null) notes.push(`up to ${field.maxLength} characters`);
  if (field.required) notes.push("required");
  if (field.custom) notes.push("custom");
  return {
    value: field.property,
    label: field.label,
    note: sentence(notes.join(", ")),
    refused:
      field.writable || policy === "never" ? null : "Read-only in the CRM: choose the policy “Never write” first",
  };
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
