import { CORE_FIELDS, type CoreField, FIELD_POLICIES } from "@rolodesk/shared/vocabulary";
import { ArrowRight, Trash } from "lucide";
import { IconButton } from "../../../components/button.tsx";
import { Combobox, type ComboOption } from "../../../components/combobox.tsx";
import { type Option, Select } from "../../../components/field.tsx";
import { Icon } from "../../../components/icon.tsx";
import { fieldLabel } from "../../crm/shown-value.ts";
import type { MappingRow, RowErrors } from "./mapping-draft.ts";
import { POLICY_WORDS } from "./policy-words.ts";

const OUR_FIELDS: readonly Option<CoreField | "">[] = [
  { value: "", label: "Choose a field" },
  ...CORE_FIELDS.map((field) => ({ value: field, label: fieldLabel(field) })),
];

const POLICY_OPTIONS = FIELD_POLICIES.map((policy) => ({ value: policy, label: POLICY_WORDS[policy].label }));

interface RowProps {
  row: MappingRow;
  options: readonly ComboOption[];
  errors: RowErrors;
  crmName: string;
  onRow: (row: MappingRow) => void;
  onRemove: () => void;
}

export function MappingRowEditor({ row, options, errors, crmName, onRow, onRemove }: RowProps) {
  const name = row.field === "" ? "new field" : fieldLabel(row.field);
  const problem = errors.field ?? errors.property ?? errors.policy;
  const property = options.find((option) => option.value === row.property);
  return (
    <li class={`mapping-row${problem ? " mapping-row-wrong" : ""}`}>
      <Select
        aria-label={`Our field: ${name}`}
        aria-invalid={errors.field !== undefined || undefined}
        value={CORE_FIELDS.find((field) => field === row.field) ?? ""}
        options={OUR_FIELDS}
        onValue={(field) => onRow({ ...row, field })}
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
      <p class="mapping-about">
        {property && property.note !== "" && <>{property.note}. </>}
        {POLICY_WORDS[row.policy].does}
      </p>
      {problem && (
        <p class="ui-field-error mapping-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}
