import type { FieldChange, SyncRunDetail } from "@rolodesk/shared/sync-log";
import type { ShownValue } from "@rolodesk/shared/sync-run";
import type { DecisionKind } from "@rolodesk/shared/vocabulary";
import { Table } from "../../components/table.tsx";
import { counted } from "../../counted.ts";
import { valueText } from "../crm/shown-value.ts";
import { durationText } from "./log-words.ts";

const KIND_WORDS: Readonly<Record<DecisionKind, string>> = {
  fill: "Fill",
  overwrite: "Replace",
  conflict: "Ask an agent",
  noop: "Leave",
};

/** Every decision of the plan, with the CRM's value before and after it. */
export function RunFields({ run }: { run: SyncRunDetail }) {
  if (run.fields.length === 0) return null;
  const beforeLabel = run.creates ? "Before" : `${run.connection.providerName} before`;
  const afterLabel = run.applied ? `${run.connection.providerName} after` : "Planned";
  return (
    <section class="log-section">
      <h2>Fields</h2>
      {!run.applied && (
        <p class="ui-hint">
          This plan was not finished. What of it was written shows when the sync is tried again: it reads first.
        </p>
      )}
      <Table columns={["Field", "Decision", beforeLabel, "From the chat", afterLabel, "Why"]}>
        {run.fields.map((field) => (
          <FieldRow key={field.property} field={field} creates={run.creates} />
        ))}
      </Table>
    </section>
  );
}

function FieldRow({ field, creates }: { field: FieldChange; creates: boolean }) {
  const writes = field.kind === "fill" || field.kind === "overwrite";
  return (
    <tr>
      <th scope="row">
        {field.label}
        <span class="log-property">{field.property}</span>
      </th>
      <td>
        <span class={`log-kind log-kind-${field.kind}`}>{KIND_WORDS[field.kind]}</span>
      </td>
      <td>{creates ? <span class="log-none">New record</span> : <Value value={field.crm} />}</td>
      <td>
        <Value value={field.chat} />
      </td>
      <td class={writes ? "log-changed" : undefined}>
        <Value value={field.after} />
      </td>
      <td class="log-reason">{field.reason}</td>
    </tr>
  );
}

function Value({ value }: { value: ShownValue }) {
  const text = valueText(value);
  return text === null ? <span class="log-none">Empty</span> : <span dir="auto">{text}</span>;
}

/** Every call to the CRM, in the order they were made, over all attempts. */
export function RunCalls({ run }: { run: SyncRunDetail }) {
  if (run.callLog.length === 0) return null;
  return (
    <section class="log-section">
      <h2>{counted(run.callLog.length, "call", "calls")}</h2>
      <Table look="log-calls" columns={["Call", "Status", "Time", "Request id"]}>
        {run.callLog.map((call, index) => (
          <tr key={index}>
            <th scope="row">
              <code>
                {call.method} {call.path}
              </code>
              {call.sharedBy > 1 && <span class="log-shared">for {call.sharedBy} syncs at once</span>}
            </th>
            <td class={call.status === null || call.status >= 400 ? "log-bad" : undefined}>
              {call.status ?? "No answer"}
            </td>
            <td>{durationText(call.durationMs)}</td>
            <td>{call.requestId ? <code>{call.requestId}</code> : <span class="log-none">None</span>}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
