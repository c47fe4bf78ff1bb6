import type { ConflictUnit } from "@rolodesk/shared/conflict-queue";
import type { Connection } from "@rolodesk/shared/connection";
import type { Site } from "@rolodesk/shared/site";
import { useState } from "preact/hooks";
import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { listConflicts } from "../../endpoints/conflict-queue.ts";
import { navigate } from "../../router.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { isNarrowed, type QueueFilter, queueSearchOf, toConflictFilter } from "./queue-query.ts";
import { QueueRow } from "./queue-row.tsx";

interface QueuePageProps {
  filter: QueueFilter;
  connections: readonly Connection[];
  sites: readonly Site[];
}

/** The conflicts that fit the filters, with checkboxes while they wait. */
export function QueuePage({ filter, connections, sites }: QueuePageProps) {
  useTitle("Conflicts");
  const pages = usePages({
    key: queueSearchOf(filter),
    read: (page) => listConflicts(toConflictFilter(filter), page),
    follows: ({ kind }) => kind === "conflict" || kind === "sync_run",
  });
  const show = (change: Partial<QueueFilter>) =>
    navigate(`/conflicts${queueSearchOf({ ...filter, ...change })}`, { replace: true });
  return (
    <>
      <QueueFilters filter={filter} connections={connections} sites={sites} onShow={show} />
      <Paged
        pages={pages}
        loading="Loading conflicts"
        lines={8}
        empty={<NoConflicts filter={filter} onAll={() => navigate("/conflicts")} />}
      >
        {(units) => <Units filter={filter} units={units} total={pages.total} onChanged={pages.reload} />}
      </Paged>
    </>
  );
}

interface UnitsProps {
  filter: QueueFilter;
  units: readonly ConflictUnit[];
  total: number;
  onChanged: () => void;
}

function Units({ filter, units, total, onChanged }: UnitsProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selectable = filter.state === "open" ? units.filter(isPending) : [];

  function choose(some: readonly ConflictUnit[], on: boolean): void {
    const next = new Set(chosen);
    for (const { id } of some) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  }
  return (
    <>
      {selectable.length > 0 && (
        <BulkBar
          filter={filter}
          total={total}
          selectable={selectable}
          selected={selectable.filter(({ id }) => chosen.has(id))}
          onChoose={(on) => choose(selectable, on)}
        />
      )}
      <ul class="log-rows" aria-label="Conflicts">
        {units.map((unit) => (
          <QueueRow
            key={`${unit.id}${unit.members[0]?.version}`}
            unit={unit}
            chosen={selectable.includes(unit) ? chosen.has(unit.id) : null}
            onChoose={(on) => choose([unit], on)}
            onChanged={onChanged}
          />
        ))}
      </ul>
    </>
  );
}

function isPending({ members }: ConflictUnit): boolean {
  return members.every(({ status }) => status === "pending");
}

function NoConflicts({ filter, onAll }: { filter: QueueFilter; onAll: () => void }) {
  if (isNarrowed(filter)) {
    const all = (
      <button type="button" class="ui-link" onClick={onAll}>
        Show all conflicts
      </button>
    );
    return <EmptyState action={all}>No conflict fits these filters.</EmptyState>;
  }
  if (filter.state === "decided") return <EmptyState>Nothing has been decided yet.</EmptyState>;
  return <EmptyState>No conflict waits. Where a chat and a CRM differ, you are asked here.</EmptyState>;
}
