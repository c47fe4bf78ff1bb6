import type { Connection } from "@rolodesk/shared/connection";
import type { SyncStats } from "@rolodesk/shared/sync-stats";
import { Select } from "../../components/field.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { counted } from "../../counted.ts";
import { readSyncStats } from "../../endpoints/sync-log.ts";
import { ConnectionSelect } from "../../filters/connection-select.tsx";
import { navigate, place } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { BarChart } from "./bar-chart.tsx";
import { BudgetList } from "./budget-list.tsx";
import { AGE_LABELS, dayName, dayOf, RESULT_GROUPS, sumOf } from "./chart-data.ts";
import { LineChart } from "./line-chart.tsx";
import { durationText } from "./log-words.ts";

const PERIODS = [
  { value: "7", label: "Last 7 days" },
  { value: "30", label: "Last 30 days" },
  { value: "90", label: "Last 90 days" },
] as const;
const DAY_MS = 86_400_000;

/** How syncing has gone over time. */
export function ChartsPage({ connections }: { connections: readonly Connection[] }) {
  useTitle("Sync charts");
  const { query } = place.value;
  const period = PERIODS.find(({ value }) => value === query.get("days"))?.value ?? "30";
  const connection = query.get("connection") ?? "";
  const stats = useResource(`stats ${period} ${connection}`, () => {
    const now = Date.now();
    const from = dayOf(new Date(now - (Number(period) - 1) * DAY_MS));
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return readSyncStats({ from, to: dayOf(new Date(now)), timeZone, ...(connection === "" ? {} : { connection }) });
  });
  function show(change: { days?: string; connection?: string }): void {
    const params = new URLSearchParams({ days: period, connection, ...change });
    if (params.get("connection") === "") params.delete("connection");
    navigate(`/sync/charts?${params}`, { replace: true });
  }
  return (
    <>
      <search class="log-filters log-filters-few" aria-label="Period and connection">
        <Select aria-label="Period" value={period} options={PERIODS} onValue={(days) => show({ days })} />
        <ConnectionSelect connections={connections} value={connection} onValue={(id) => show({ connection: id })} />
      </search>
      <Loaded of={stats} loading="Loading charts" lines={8}>
        {(data) => <Charts stats={data} />}
      </Loaded>
    </>
  );
}

function Charts({ stats }: { stats: SyncStats }) {
  const days = stats.days.map(({ day }) => dayName(day));
  const runs = stats.days.map(({ results }) => RESULT_GROUPS.map((group) => sumOf(results, group.results)));
  const total = runs.flat().reduce((sum, count) => sum + count, 0);
  const waiting = stats.openConflicts.reduce((sum, count) => sum + count, 0);
  return (
    <div class="charts">
      <BarChart
        wide
        title="Syncs per day"
        summary={`${counted(total, "sync", "syncs")} ended in this period.`}
        columns={days}
        series={RESULT_GROUPS}
        values={runs}
      />
      <LineChart
        title="From the chat’s end to the finished sync"
        summary={latestTimes(stats)}
        columns={days}
        series={[
          { label: "Half are faster than", tone: "accent" },
          { label: "95 of 100 are faster than", tone: "plain" },
        ]}
        values={stats.days.map(({ p50Ms, p95Ms }) => [p50Ms, p95Ms])}
        format={durationText}
      />
      <BarChart
        title="Conflicts waiting now, by age in days"
        summary={`${counted(waiting, "value waits", "values wait")} for a decision.`}
        columns={AGE_LABELS}
        series={[{ label: "Values waiting", tone: "amber" }]}
        values={stats.openConflicts.map((count) => [count])}
      />
      <BudgetList connections={stats.connections} />
    </div>
  );
}

function latestTimes({ days }: SyncStats): string {
  const latest = days.findLast(({ p50Ms }) => p50Ms !== null);
  if (!latest || latest.p50Ms === null || latest.p95Ms === null) return "No chat that ended was synced in this period.";
  return `On ${dayName(latest.day)}: half within ${durationText(latest.p50Ms)}, 95 of 100 within ${durationText(latest.p95Ms)}.`;
}
