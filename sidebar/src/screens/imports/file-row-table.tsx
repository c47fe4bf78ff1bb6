import type { ImportBatchDetail, ImportRowDetail, RowDifference } from "@rolodesk/shared/import-batch";
import { fieldLabel } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { patchCell, postDifference } from "../../endpoints/batches.ts";

interface FileRowTableProps {
  batch: ImportBatchDetail;
  row: ImportRowDetail;
  onChange: (work: () => Promise<ImportRowDetail>) => Promise<void>;
}

/** The file's cells beside the contact's values; what differs is settled where it stands. */
export function FileRowTable({ batch, row, onChange }: FileRowTableProps) {
  const fields = [...new Set([...batch.mapping.filter((field) => field !== null), ...Object.keys(row.cells)])];
  const [contact] = row.contact ? row.candidates : [];
  const wrong = new Map(row.class === "invalid" ? row.notes.map(({ field, words }) => [field, words]) : []);
  return (
    <div class="log-table-frame">
      <table class="log-table files-sides">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">File</th>
            {contact && <th scope="col">{contact.name}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{fieldLabel(field)}</th>
              <td>
                <Cell
                  key={`${row.version}${field}`}
                  field={field}
                  value={row.cells[field] ?? ""}
                  wrong={wrong.get(field)}
                  fixable={row.status === "pending"}
                  onFix={(value) => onChange(() => patchCell(batch.id, row.line, { field, value }))}
                />
              </td>
              {contact && <td dir="auto">{oursOf(contact, field)}</td>}
            </tr>
          ))}
          {row.differences.map((difference) => (
            <Difference
              key={difference.unit}
              difference={difference}
              settles={row.status === "imported"}
              onSettle={(decision) =>
                onChange(() =>
                  postDifference(batch.id, row.line, { unit: difference.unit, decision, seenOurs: difference.ours }),
                )
              }
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function oursOf({ name, values }: ImportRowDetail["candidates"][number], field: string): string {
  if (field === "fullName") return name;
  return values[field] ?? values[`attribute:${field}`] ?? "";
}

interface CellProps {
  field: string;
  value: string;
  wrong: string | undefined;
  fixable: boolean;
  onFix: (value: string) => Promise<void>;
}

/** A cell that can be corrected; Enter saves. */
function Cell({ field, value, wrong, fixable, onFix }: CellProps) {
  const [typed, setTyped] = useState(value);
  if (!fixable) return <span dir="auto">{value}</span>;
  return (
    <form
      class="files-fix"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== value) void onFix(typed);
      }}
    >
      <input
        class="ui-input"
        dir="auto"
        aria-label={fieldLabel(field)}
        aria-invalid={wrong ? true : undefined}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== value && (
        <Button small type="submit">
          Save
        </Button>
      )}
      {wrong && <span class="files-why log-bad">{wrong}</span>}
    </form>
  );
}

interface DifferenceProps {
  difference: RowDifference;
  settles: boolean;
  onSettle: (decision: "ours" | "file") => void;
}

function Difference({ difference: { label, ours, file, decision, by }, settles, onSettle }: DifferenceProps) {
  return (
    <tr class={decision === null ? "files-differs" : undefined}>
      <th scope="row">{label} differs</th>
      <td dir="auto">{file}</td>
      <td>
        <span dir="auto">{ours}</span>
        {decision !== null && (
          <span class="log-shared">
            {by} {decision === "file" ? "used the file's" : "kept ours"}
          </span>
        )}
        {decision === null && settles && (
          <span class="ui-row">
            <Button small onClick={() => onSettle("file")}>
              Use the file's
            </Button>
            <Button small onClick={() => onSettle("ours")}>
              Keep ours
            </Button>
          </span>
        )}
        {decision === null && !settles && <span class="log-shared">Ours stays; you decide after the import.</span>}
      </td>
    </tr>
  );
}
