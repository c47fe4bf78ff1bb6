import type { ImportRun } from "@rolodesk/shared/import-run";
import { Paged } from "../../components/paged.tsx";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { EmptyState } from "../../components/state-cards.tsx";
import { Tag } from "../../components/tag.tsx";
import { listImports } from "../../endpoints/imports.ts";
import { followLink, hrefOf } from "../../router.ts";
import { usePages } from "../../use-pages.ts";
import { useTitle } from "../../use-title.ts";
import { countsText, progressText, runTitle, statusTag } from "./crm-words.ts";

/** Every import from a CRM, newest first. */
export function CrmListPage() {
  useTitle("Imports from CRMs");
  const pages = usePages({ key: "crm imports", read: listImports, follows: ({ kind }) => kind === "import" });
  return (
    <Paged
      pages={pages}
      loading="Loading imports"
      empty={
        <EmptyState action={<ConnectionsLink>Choose a connection</ConnectionsLink>}>
          Nobody was brought in from a CRM yet. Each connection’s page starts it.
        </EmptyState>
      }
    >
      {(runs) => (
        <>
          <p class="log-note">
            An import starts on the page of a connection. <ConnectionsLink>Connections</ConnectionsLink>
          </p>
          <ul class="log-rows" aria-label="Imports">
            {runs.map((run) => (
              <RunItem key={run.id} run={run} />
            ))}
          </ul>
        </>
      )}
    </Paged>
  );
}

function ConnectionsLink({ children }: { children: string }) {
  return (
    <a class="ui-link" href={hrefOf("/settings/connections")} onClick={followLink}>
      {children}
    </a>
  );
}

function RunItem({ run }: { run: ImportRun }) {
  const { tone, text } = statusTag(run);
  const counts = countsText(run);
  return (
    <li>
      <a class="log-row" href={hrefOf(`/imports/crms/${run.id}`)} onClick={followLink}>
        <ProviderMark provider={run.provider} />
        <span class="log-row-main">
          <span class="log-row-name" dir="auto">
            {runTitle(run)}
          </span>
          <span class="log-row-about">
            {run.startedBy ?? "On schedule"} · {progressText(run)}
          </span>
          {run.problem && (
            <span class={`log-row-why ui-clamp${run.status === "failed" ? " log-bad" : ""}`}>{run.problem}</span>
          )}
        </span>
        <span class="log-row-outcome">
          <Tag tone={tone}>{text}</Tag>
          {counts && <span class="log-row-counts">{counts}</span>}
        </span>
        <RelativeTime at={run.createdAt} style="short" />
      </a>
    </li>
  );
}
