import type { Settlement, SettlementRow } from "@rolodesk/shared/conflict-queue";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { listSettlementRows } from "../../endpoints/conflict-queue.ts";
import { followLink, hrefOf } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { valueText } from "../crm/shown-value.ts";
import { outcomeText } from "./settlement-words.ts";

type Show = "all" | "unsettled";

/** Every value of a settlement with its outcome. */
export function SettlementRowsList({ settlement }: { settlement: Settlement }) {
  const [show, setShow] = useState<Show>("all");
  const { data, problem, reload, set } = useResource(`rows ${settlement.id} ${show}`, () =>
    listSettlementRows(settlement.id, { show, after: 0 }),
  );
  const [more, setMore] = useState<string | null>(null);
  async function loadMore(): Promise<void> {
    const last = data?.rows.at(-1);
    if (!data || !last) return;
    setMore("busy");
    try {
      const next = await listSettlementRows(settlement.id, { show, after: last.position });
      set({ rows: [...data.rows, ...next.rows], more: next.more });
      setMore(null);
    } catch (error) {
      setMore(failureText(error));
    }
  }
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
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={4} label="Loading values" />}
      {data?.rows.length === 0 && <p class="log-none">There is none.</p>}
      {data && data.rows.length > 0 && <RowsTable rows={data.rows} />}
      {data?.more && (
        <div class="log-more">
          <Button busy={more === "busy"} onClick={() => void loadMore()}>
            Show more
          </Button>
          {more !== null && more !== "busy" && <p class="log-bad">{more}</p>}
        </div>
      )}
    </section>
  );
}

function RowsTable({ rows }: { rows: readonly SettlementRow[] }) {
  return (
    <div class="log-table-frame">
      <table class="log-table">
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Field</th>
            <th scope="col">CRM had</th>
            <th scope="col">Chat said</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ row: { outcome } }: { row: SettlementRow }) {
  const isGood = outcome === "applied" || outcome === "kept";
  return <Tag tone={isGood ? "ok" : outcome === "failed" ? "danger" : "plain"}>{outcomeText(outcome)}</Tag>;
}
