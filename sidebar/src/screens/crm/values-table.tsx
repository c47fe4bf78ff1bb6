import type { CrmTab } from "@rolodesk/shared/crm-panel";
import type { ShownValue } from "@rolodesk/shared/sync-run";
import { readsSame, valueText } from "./shown-value.ts";

/** The mapped fields: what we know beside what the CRM held when it was last read; once, where both agree. */
export function ValuesTable({ tab }: { tab: CrmTab }) {
  if (tab.values.length === 0) return <p class="ui-hint">No fields are mapped for this CRM.</p>;
  return (
    <table class="values">
      <caption class="ui-sr">Mapped fields, ours beside {tab.connection.name}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="ui-sr">Field</span>
          </th>
          <th scope="col">Ours</th>
          <th scope="col">{tab.connection.name}</th>
        </tr>
      </thead>
      <tbody>
        {tab.values.map((value) => (
          <tr key={`${value.field}${value.property}`}>
            <th scope="row" title={`${value.field} → ${value.property}`}>
              {value.label}
            </th>
            {valueText(value.ours) !== null && readsSame(value.field, value.ours, value.crm) ? (
              <td colSpan={2}>
                <Value value={value.ours} />
                <span class="ui-sr">in both</span>
              </td>
            ) : (
              <>
                <td>
                  <Value value={value.ours} />
                </td>
                <td>
                  <Value value={value.crm} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: ShownValue }) {
  const text = valueText(value);
  if (text === null) return <span class="crm-empty">Empty</span>;
  return (
    <span class="values-value ui-clamp" dir="auto" title={text}>
      {text}
    </span>
  );
}
