import type { Settlement, SettlementRow } from "@rolodesk/shared/conflict-queue";
import { useState } from "preact/hooks";
import { Paged } from "../../components/paged.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Table } from "../../components/table.tsx";
import { Tag } from "../../components/tag.tsx";
import { listSettlementRows } from "../../endpoints/conflict-queue.ts";
import { followLink, hrefOf } from "../../router.ts";
import { usePages } from "../../use-pages.ts";
import { valueText } from "../crm/shown-value.ts";
import { outcomeText } from "./settlement-words.ts";

type Show = "all" | "unsettled";
type Row = SettlementRow & { id: string };

/** Every value of a settlement with its outcome. */
export function SettlementRowsList({ settlement }: { settlement: Settlement }) {
  const [show, setShow] = useState<Show>("all");
  const pages = usePages<Row>({
    key: `rows ${settlement.id} ${show}`,
    async read({ cursor = "0", limit }) {
      const { rows, more } = await listSettlementRows(settlement.id, { show, after: Number(cursor), limit });
      const items = rows.map((row) => ({ ...row, id: String(row.position) }));
      return { items, nextCursor: more ? (items.at(-1)?.id ?? null) : null };
    },
    follows: (change) => change.kind === "settlement" && change.id === settlement.id,
  });
  return (
    <section class="log-section">
      <div class="log-title">
        <h2>Values</h2>
        <Segmented
          label="Show"
          value={show}
          options={[
            { value: "all", label: "All" },
            { value: "unsettled", label: "Not settled" },
          ]}
          onValue={setShow}
        />
      </div>
      <Paged pages={pages} loading="Loading values" lines={4} empty={<p class="log-none">There is none.</p>}>
        {(rows) => <RowsTable rows={rows} />}
      </Paged>
    </section>
  );
}

function RowsTable({ rows }: { rows: readonly SettlementRow[] }) {
  return (
    <Table columns={["Person", "Field", "CRM had", "Chat said", "Outcome"]}>
      {rows.map((row) => (
        <tr key={row.position}>
          <th scope="row">
            <a class="ui-link" href={hrefOf(`/conflicts/${row.conflictId}`)} onClick={followLink} dir="auto">
              {row.person}
            </a>
          </th>
          <td>
            {row.label} in {row.connectionName}
          </td>
          <td>{valueText(row.crmValue) ?? <span class="log-none">Empty</span>}</td>
          <td>{valueText(row.chatValue) ?? <span class="log-none">Empty</span>}</td>
          <td>
            <Outcome row={row} />
            {row.problem && <span class="log-reason log-bad">{row.problem}</span>}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Outcome({ row: { outcome } }: { row: SettlementRow }) {
  const isGood = outcome === "applied" || outcome === "kept";
  return <Tag tone={isGood ? "ok" : outcome === "failed" ? "danger" : "plain"}>{outcomeText(outcome)}</Tag>;
}
