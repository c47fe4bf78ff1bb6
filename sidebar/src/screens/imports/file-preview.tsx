import type { BatchPreview } from "@rolodesk/shared/import-batch";
import { Select } from "../../components/field.tsx";
import { targetOptions } from "./file-words.ts";

interface FilePreviewProps {
  preview: BatchPreview;
  mapping: readonly (string | null)[];
  onMap: (column: number, target: string | null) => void;
}

/** The first rows under what each column holds; what is wrong with a cell stands in it. */
export function FilePreview({ preview: { columns, rows }, mapping, onMap }: FilePreviewProps) {
  return (
    <div class="log-table-frame">
      <table class="log-table files-preview">
        <caption class="ui-sr">The first rows and what each column holds</caption>
        <thead>
          <tr>
            {columns.map((name, column) => (
              <th scope="col" key={name}>
                <span class="files-column" dir="auto" title={name}>
                  {name}
                </span>
                <Select
                  aria-label={`Column ${name} is`}
                  value={mapping[column] ?? ""}
                  options={targetOptions(name, mapping[column] ?? null)}
                  onValue={(value) => onMap(column, value || null)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} title={row.problems.find(({ field }) => field === null)?.words}>
              {columns.map((name, column) => {
                const target = mapping[column] ?? null;
                const wrong = row.problems.find(({ field }) => field !== null && field === target);
                return (
                  <td key={name} class={target === null ? "files-left-out" : wrong ? "log-bad" : undefined} dir="auto">
                    {row.raw[column] ?? ""}
                    {wrong && <span class="files-why">{wrong.words}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
