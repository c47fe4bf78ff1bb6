import type { DryRun } from "@rolodesk/shared/dry-run";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { EmptyState } from "../../../components/state-cards.tsx";
import { followLink, hrefOf } from "../../../router.ts";
import { DryRunCard } from "./dry-run-card.tsx";

export interface ShownDryRun {
  result: DryRun;
  /** ISO 8601 */
  at: string;
}

export function DryRunResults({ result, at }: ShownDryRun) {
  const { person, outcomes } = result;
  const about = [person.name, person.email, person.phone].filter((part) => part !== null);
  return (
    <section aria-label="What a sync would do">
      <h3 class="dry-run-who" dir="auto">
        {about.join(" · ") || "Somebody unknown"}
      </h3>
      <p class="ui-hint">
        {person.contactId ? "One of our contacts" : "Not one of our contacts yet"}
        {person.verified ? ", verified" : ", only claimed"}. Tried <RelativeTime at={at} />; nothing was written.
      </p>
      {outcomes.length === 0 && (
        <EmptyState
          action={
            <a class="ui-link" href={hrefOf("/settings/connections")} onClick={followLink}>
              Look at the connections
            </a>
          }
        >
          No active connection serves this site.
        </EmptyState>
      )}
      {outcomes.map((outcome) => (
        <DryRunCard key={outcome.connection.id} outcome={outcome} />
      ))}
    </section>
  );
}
