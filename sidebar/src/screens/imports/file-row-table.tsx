import type { ImportBatchDetail, ImportRowDetail, RowDifference } from "@rolodesk/shared/import-batch";
import { ATTRIBUTE_PREFIX, fieldLabel } from "@rolodesk/shared/vocabulary";
import { useId, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Table } from "../../components/table.tsx";
import { patchCell, postDifference } from "../../endpoints/batches.ts";
import { faultsByField } from "./file-words.ts";

const NAME_FIELDS: ReadonlySet<string> = new Set(["fullName", "firstName", "lastName"]);

interface FileRowTableProps {
  batch: ImportBatchDetail;
  row: ImportRowDetail;
  onChange: (work: () => Promise<ImportRowDetail>) => Promise<void>;
}

/** The file's cells beside the contact's values; what differs is settled where it stands. A name's two halves are one. */
export function FileRowTable({ batch, row, onChange }: FileRowTableProps) {
  const fields = [...new Set([...batch.mapping.filter((field) => field !== null), ...Object.keys(row.cells)])];
  const [contact] = row.contact ? row.candidates : [];
  const differences = new Map(row.differences.map((one) => [fieldOf(one, fields), one]));
  const wrong = faultsByField(row);
  return (
    <Table look="files-sides" columns={["Field", "File", ...(contact ? [<bdi key="ours">{contact.name}</bdi>] : [])]}>
      {fields.map((field) => (
        <tr key={field} class={differences.get(field)?.decision === null ? "files-differs" : undefined}>
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
          {contact && (
            <Ours
              value={oursOf(contact, field)}
              difference={differences.get(field)}
              settles={row.status === "imported"}
              onSettle={(decision, { unit, ours }) =>
                onChange(() => postDifference(batch.id, row.line, { unit, decision, seenOurs: ours }))
              }
            />
          )}
        </tr>
      ))}
    </Table>
  );
}

/** The field beside which a difference stands; a name's is the first of its fields. */
function fieldOf({ unit }: RowDifference, fields: readonly string[]): string | undefined {
  if (unit === "name") return fields.find((field) => NAME_FIELDS.has(field));
  return fields.find((field) => field === unit || ATTRIBUTE_PREFIX + field === unit);
}

function oursOf({ name, values }: ImportRowDetail["candidates"][number], field: string): string {
  if (field === "fullName") return name;
  return values[field] ?? values[ATTRIBUTE_PREFIX + field] ?? "";
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
  const wrongId = useId();
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
        aria-describedby={wrong ? wrongId : undefined}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== value && (
        <Button small type="submit">
          Save
        </Button>
      )}
      {wrong && (
        <span class="files-why log-bad" id={wrongId}>
          {wrong}
        </span>
      )}
    </form>
  );
}

interface OursProps {
  value: string;
  difference: RowDifference | undefined;
  settles: boolean;
  onSettle: (decision: "ours" | "file", difference: RowDifference) => void;
}

function Ours({ value, difference, settles, onSettle }: OursProps) {
  if (!difference) return <td dir="auto">{value}</td>;
  const { ours, decision, by } = difference;
  if (decision !== null) {
    return (
      <td>
        <span dir="auto">{value}</span>
        <span class="log-shared">
          {decision === "file" ? `${by} used the file's, not “${ours}”` : `${by} kept ours`}
        </span>
      </td>
    );
  }
  return (
    <td>
      <span dir="auto">{ours}</span>
      {settles ? (
        <span class="ui-row">
          <Button small onClick={() => onSettle("file", difference)}>
            Use the file's
          </Button>
          <Button small onClick={() => onSettle("ours", difference)}>
            Keep ours
          </Button>
        </span>
      ) : (
        <span class="log-shared">Differs. Ours stays; you decide after the import.</span>
      )}
    </td>
  );
}
