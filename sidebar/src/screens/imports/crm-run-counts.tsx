import type { ImportRun } from "@rolodesk/shared/import-run";
import { followLink, hrefOf } from "../../router.ts";

/** What became of the records. The five add up to the total. */
export function CrmRunCounts({ run }: { run: ImportRun }) {
  const counts = [
    { label: "New contacts", value: run.imported },
    { label: "Updated or linked", value: run.updated },
    { label: "Nothing new, or skipped", value: run.skipped },
    { label: "In conflict", value: run.conflicts },
    { label: "Errors", value: run.errors },
  ];
  return (
    <section class="log-section import-counts" aria-label="Counts">
      <dl class="log-facts">
        {counts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value.toLocaleString()}</dd>
          </div>
        ))}
        <div>
          <dt>All records</dt>
          <dd>{run.total.toLocaleString()}</dd>
        </div>
      </dl>
      {run.unlinked > 0 && (
        <p class="log-note">
          {run.unlinked === 1 ? "One link was" : `${run.unlinked.toLocaleString()} links were`} closed, because the
          record is gone from {run.providerName}. The contacts stay.
        </p>
      )}
      {run.conflicts > 0 && (
        <p class="log-note">
          <a class="ui-link" href={hrefOf("/conflicts")} onClick={followLink}>
            Settle the conflicts
          </a>
        </p>
      )}
    </section>
  );
}
