import type { Connection, CrmField } from "@rolodesk/shared/connection";
import { Plus } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import type { ComboOption } from "../../../components/combobox.tsx";
import { Refusal } from "../../../components/refusal.tsx";
import { ErrorCard } from "../../../components/state-cards.tsx";
import { listFields } from "../../../endpoints/settings.ts";
import { useResource } from "../../../use-resource.ts";
import type { MappingRow, RowErrors } from "./mapping-draft.ts";
import { MappingRowEditor } from "./mapping-row.tsx";
import type { SampleValue } from "./use-sample.ts";

const NONE: readonly CrmField[] = [];

interface ObjectMappingProps {
  connection: Connection;
  object: string;
  rows: readonly MappingRow[];
  errors: ReadonlyMap<number, RowErrors>;
  /** What a new record lacks, as the server put it when it refused to save. */
  required: string | undefined;
  sample: ReadonlyMap<number, SampleValue>;
  /** Counts how often the fields were read anew. */
  refreshes: number;
  onFetched: (at: string) => void;
  onRow: (row: MappingRow) => void;
  onRemove: (key: number) => void;
  onAdd: () => void;
}

/** The rows of one CRM object, with its own list of properties. */
export function ObjectMapping(props: ObjectMappingProps) {
  const { connection, object, rows } = props;
  const fields = useResource(`fields-${connection.id}-${object}-${props.refreshes}`, () =>
    listFields(connection.id, object),
  );
  const crmFields = fields.data?.fields ?? NONE;
  useEffect(() => {
    if (fields.data) props.onFetched(fields.data.fetchedAt);
  }, [fields.data]);
  const toWrite = useMemo(() => crmFields.map((field) => optionOf(field, crmFields, false)), [crmFields]);
  const toShow = useMemo(() => crmFields.map((field) => optionOf(field, crmFields, true)), [crmFields]);
  const unmapped = crmFields.filter(
    (field) => field.required && field.writable && !rows.some((row) => row.property === field.property),
  );
  const title = sentence(object);
  return (
    <section class="settings-card mapping" aria-label={`${title} fields`}>
      <h3>{title}</h3>
      {fields.problem && <ErrorCard message={fields.problem} onRetry={fields.reload} />}
      <Refusal problem={props.required} />
      {unmapped.length > 0 && !props.required && (
        <p class="mapping-required">
          {connection.providerName} requires {unmapped.map((field) => field.label).join(", ")} of every new {object}.
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
            options={row.policy === "never" ? toShow : toWrite}
            fault={connection.mappingFaults.find((one) => one.object === object && one.property === row.property)}
            sample={props.sample.get(row.key)}
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
function optionOf(field: CrmField, all: readonly CrmField[], isOnlyShown: boolean): ComboOption {
  const notes = [field.type];
  if (field.maxLength !== null) notes.push(`up to ${field.maxLength} characters`);
  if (field.required) notes.push("required");
  if (field.custom) notes.push("custom");
  if (all.some((other) => other !== field && other.label === field.label)) notes.push(field.property);
  return {
    value: field.property,
    label: field.label,
    note: sentence(notes.join(", ")),
    refused: refusalOf(field, isOnlyShown),
  };
}

function refusalOf({ writable, unreadable, readOnlyBecause }: CrmField, isOnlyShown: boolean): string | null {
  if (unreadable) return readOnlyBecause ?? "It cannot be mapped.";
  if (writable || isOnlyShown) return null;
  return `${readOnlyBecause ?? "Read-only in the CRM."} Choose the policy “Never write” first.`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
