import type { Connection } from "@rolodesk/shared/connection";
import { RUN_RESULTS, RUN_TRIGGERS } from "@rolodesk/shared/vocabulary";
import { Select } from "../../components/field.tsx";
import { Paged } from "../../components/paged.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { countFailedRuns, listSyncRuns } from "../../endpoints/sync-log.ts";
import { ConnectionSelect } from "../../filters/connection-select.tsx";
import { FilterSearch } from "../../filters/filter-search.tsx";
import { WithinSelect } from "../../filters/within-select.tsx";
import { navigate, place } from "../../router.ts";
import { currentUser } from "../../session.ts";
import { usePages } from "../../use-pages.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { isNarrowed, type LogFilter, logSearchOf, readLogFilter, toLogQuery } from "./log-query.ts";
import { LogRow } from "./log-row.tsx";
import { RESULT_WORDS, TRIGGER_WORDS } from "./log-words.ts";
import { RetryFailed } from "./retry-failed.tsx";

/** Every sync there was, newest first, kept up to date while it is open. */
export function LogPage({ connections }: { connections: readonly Connection[] }) {
  const filter = readLogFilter(place.value.query);
  useTitle("Sync log");
  const pages = usePages({
    key: logSearchOf(filter),
    read: (page) => listSyncRuns(toLogQuery(filter, Date.now()), page),
    follows: ({ kind }) => kind === "sync_run",
  });
  const show = (change: Partial<LogFilter>) =>
    navigate(`/sync${logSearchOf({ ...filter, ...change })}`, { replace: true });
  const connection = connections.find(({ id }) => id === filter.connection);
  return (
    <>
      <Filters filter={filter} connections={connections} onShow={show} />
      {filter.contact !== "" && (
        <p class="log-note">
          Syncs of one person.{" "}
          <button type="button" class="ui-link" onClick={() => show({ contact: "" })}>
            Show everybody
          </button>
        </p>
      )}
      {connection && filter.outcome === "failed" && currentUser().role === "admin" && (
        <RetryFailedOf key={connection.id} connection={connection} onRetried={pages.reload} />
      )}
      <Paged pages={pages} loading="Loading syncs" lines={8} empty={<NoRuns narrowed={isNarrowed(filter)} />}>
        {(runs) => (
          <ul class="log-rows" aria-label="Syncs">
            {runs.map((run) => (
              <LogRow key={run.id} run={run} />
            ))}
          </ul>
        )}
      </Paged>
    </>
  );
}

function RetryFailedOf({ connection, onRetried }: { connection: Connection; onRetried: () => void }) {
  const { data, reload } = useResource(`failed ${connection.id}`, () => countFailedRuns(connection.id));
  return (
    <RetryFailed
      connection={connection}
      failed={data?.failed ?? 0}
      onRetried={() => {
        reload();
        onRetried();
      }}
    />
  );
}

function NoRuns({ narrowed }: { narrowed: boolean }) {
  if (!narrowed) return <EmptyState>Nothing has been synced yet. The first chat that ends begins the log.</EmptyState>;
  const all = (
    <button type="button" class="ui-link" onClick={() => navigate("/sync", { replace: true })}>
      Show all syncs
    </button>
  );
  return <EmptyState action={all}>No sync fits these filters.</EmptyState>;
}

interface FiltersProps {
  filter: LogFilter;
  connections: readonly Connection[];
  onShow: (change: Partial<LogFilter>) => void;
}

function Filters({ filter, connections, onShow }: FiltersProps) {
  return (
    <search class="log-filters" aria-label="Filter syncs">
      <FilterSearch label="Search a person" value={filter.search} onSearch={(search) => onShow({ search })} />
      <ConnectionSelect
        connections={connections}
        value={filter.connection}
        onValue={(connection) => onShow({ connection })}
      />
      <Select
        aria-label="Outcome"
        value={filter.outcome}
        options={[
          { value: "", label: "Any outcome" },
          { value: "unfinished", label: "Not finished" },
          ...RUN_RESULTS.map((value) => ({ value, label: RESULT_WORDS[value] })),
        ]}
        onValue={(outcome) => onShow({ outcome })}
      />
      <Select
        aria-label="Began"
        value={filter.trigger}
        options={[
          { value: "", label: "Any trigger" },
          ...RUN_TRIGGERS.map((value) => ({ value, label: TRIGGER_WORDS[value] })),
        ]}
        onValue={(trigger) => onShow({ trigger })}
      />
      <WithinSelect value={filter.within} onValue={(within) => onShow({ within })} />
    </search>
  );
}
