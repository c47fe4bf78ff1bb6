import type { CrmField, MappingFault } from "@rolodesk/shared/connection";
import {
  ATTRIBUTE_PREFIX,
  CONVERSATION_SOURCES,
  FIELD_POLICIES,
  FIXED_SOURCE,
  fieldLabel,
} from "@rolodesk/shared/vocabulary";
import { ArrowRight, Trash } from "lucide";
import { IconButton } from "../../../components/button.tsx";
import { Combobox, type ComboOption } from "../../../components/combobox.tsx";
import { Select } from "../../../components/field.tsx";
import { Icon } from "../../../components/icon.tsx";
import type { MappingRow, RowErrors } from "./mapping-draft.ts";
import { POLICY_WORDS } from "./policy-words.ts";
import { SourceSelect } from "./source-select.tsx";
import { TransformEditor } from "./transform-editor.tsx";
import type { SampleValue } from "./use-sample.ts";

const POLICY_OPTIONS = FIELD_POLICIES.map((policy) => ({ value: policy, label: POLICY_WORDS[policy].label }));

interface RowProps {
  row: MappingRow;
  options: readonly ComboOption[];
  /** The CRM's fields; null until they are known. */
  fields: readonly CrmField[] | null;
  errors: RowErrors;
  /** What broke in the CRM since the row was saved. */
  fault: MappingFault | undefined;
  /** What the row would write of the person whose values are shown. */
  sample: SampleValue | undefined;
  crmName: string;
  onRow: (row: MappingRow) => void;
  onRemove: () => void;
}

export function MappingRowEditor({ row, options, fields, errors, fault, sample, crmName, onRow, onRemove }: RowProps) {
  const field = fields?.find(({ property: named }) => named === row.property);
  const name = row.field === "" ? "new field" : fieldLabel(row.field);
  const gone = fields && row.property !== "" && !field ? goneWords(row.property, crmName) : undefined;
  const broken = fault && faultWords(fault);
  const problem = errors.field ?? errors.property ?? errors.transform ?? errors.policy ?? broken ?? gone;
  const property = options.find((option) => option.value === row.property);
  return (
    <li class={`mapping-row${problem ? " mapping-row-wrong" : ""}`}>
      <SourceSelect
        label={`Our field: ${name}`}
        source={row.field}
        invalid={errors.field !== undefined}
        onSource={(source) => onRow(withSource(row, source))}
      />
      <span class="mapping-arrow">
        <Icon node={ArrowRight} />
      </span>
      <Combobox
        label={`${crmName} property for ${name}`}
        placeholder="Choose a property"
        value={row.property}
        options={options}
        invalid={errors.property !== undefined}
        onValue={(chosen) => onRow({ ...row, property: chosen })}
      />
      <Select
        aria-label={`Policy for ${name}`}
        value={row.policy}
        options={POLICY_OPTIONS}
        onValue={(policy) => onRow({ ...row, policy })}
      />
      <IconButton small node={Trash} label={`Remove ${name}`} onClick={onRemove} />
      <div class="mapping-transform">
        <TransformEditor
          name={name}
          transform={row.transform}
          field={field}
          onTransform={(transform) => onRow({ ...row, transform })}
        />
      </div>
      <p class="mapping-about">
        {property && property.note !== "" && <>{property.note}. </>}
        {POLICY_WORDS[row.policy].does}
      </p>
      {sample && <SampleLine sample={sample} />}
      {problem && (
        <p class="ui-field-error mapping-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

function SampleLine({ sample: { value, problem } }: { sample: SampleValue }) {
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
  return (
    <div class="mapping-sample">
      <p class="mapping-sample-value ui-clamp">
        <span class="ui-sr">Sample: </span>
        {text === "" ? <span class="mapping-sample-none">nothing known</span> : <bdi>{text}</bdi>}
      </p>
      {problem && <p class="mapping-sample-problem">Not written. {problem}</p>}
    </div>
  );
}

function faultWords({ words, leavesOut }: MappingFault): string {
  return leavesOut ? `${words} The row is left out of syncs until it is mended.` : words;
}

function goneWords(property: string, crmName: string): string {
  return `The field “${property}” is gone from ${crmName}, so this row is left out. Choose another, or remove the row.`;
}

/** Another source of ours. What changes with every chat is only filled in at first: it would be asked about each time. */
function withSource(row: MappingRow, source: string): MappingRow {
  if (source === FIXED_SOURCE) return { ...row, field: source, transform: { kind: "fixed", value: "" } };
  const transform = row.transform.kind === "fixed" ? { kind: "none" as const } : row.transform;
  const wasChosen = row.field !== "" && row.field !== FIXED_SOURCE;
  const changes = source.startsWith(ATTRIBUTE_PREFIX) || CONVERSATION_SOURCES.some((one) => one === source);
  return { ...row, field: source, transform, policy: changes && !wasChosen ? "crm_wins" : row.policy };
}
