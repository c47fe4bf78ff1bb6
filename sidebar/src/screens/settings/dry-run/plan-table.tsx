import type { DryRunOutcome } from "@rolodesk/shared/dry-run";
import type { ShownValue } from "@rolodesk/shared/sync-run";
import { valueText } from "../../crm/shown-value.ts";
import { DECISION_WORDS } from "./dry-run-words.ts";

/** The plan, field by field: what is there, what we have, what would become of it and why. */
export function PlanTable({ crm, fields }: { crm: string; fields: DryRunOutcome["fields"] }) {
  return (
    <table class="dry-run-plan">
      <caption class="ui-sr">What would become of each mapped field in {crm}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">In {crm}</th>
          <th scope="col">From us</th>
          <th scope="col">What would happen</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.property}>
            <th scope="row">
              {field.label}
              <span class="dry-run-property">{field.property}</span>
            </th>
            <td data-label={`In ${crm}`}>
              <Value value={field.crm} />
            </td>
            <td data-label="From us">
              <Value value={field.chat} />
            </td>
            <td data-label="What would happen">
              <span class={`dry-run-kind dry-run-kind-${field.kind}`}>{DECISION_WORDS[field.kind]}</span>
              <span class="dry-run-why">{field.reason}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: ShownValue }) {
  const text = valueText(value);
  return text === null ? <span class="dry-run-empty">Empty</span> : <span dir="auto">{text}</span>;
}
