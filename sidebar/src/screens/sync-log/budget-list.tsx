import type { SyncStats } from "@rolodesk/shared/sync-stats";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { counted } from "../../counted.ts";

type Use = SyncStats["connections"][number];

/** Calls of syncs per connection, and what the CRM says is left of its limit per day. */
export function BudgetList({ connections }: { connections: readonly Use[] }) {
  return (
    <section class="chart chart-wide">
      <h2>Calls to the CRMs</h2>
      <p class="ui-hint">Calls made by syncs in this period, and what each CRM last said of its limit per day.</p>
      {connections.length === 0 && <p class="log-none">No CRM is connected.</p>}
      <ul class="budgets">
        {connections.map((use) => (
          <li key={use.id}>
            <ProviderMark provider={use.provider} />
            <div class="budget-main">
              <span class="log-row-name">{use.name}</span>
              <span>{counted(use.calls, "call", "calls")}</span>
              <Budget use={use} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Budget({ use: { budget, name } }: { use: Use }) {
  if (!budget) return <span class="ui-hint">This CRM names no limit per day.</span>;
  const used = Math.max(0, budget.limit - budget.remaining);
  return (
    <>
      <meter class="budget-meter" min={0} max={budget.limit} value={used} aria-label={`Calls used today in ${name}`} />
      <span class="ui-hint">
        {used.toLocaleString()} of {budget.limit.toLocaleString()} used that day, said <RelativeTime at={budget.at} />
      </span>
    </>
  );
}
