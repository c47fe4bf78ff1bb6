import type { ComponentChildren } from "preact";

interface TableProps {
  /** The heads of its columns. */
  columns: readonly ComponentChildren[];
  /** A class for what is particular about it. */
  look?: string;
  /** Its rows. */
  children: ComponentChildren;
}

/** A table on a page, which scrolls sideways in a frame of its own. */
export function Table({ columns, look, children }: TableProps) {
  return (
    <div class="log-table-frame">
      <table class={look ? `log-table ${look}` : "log-table"}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th scope="col" key={index}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
