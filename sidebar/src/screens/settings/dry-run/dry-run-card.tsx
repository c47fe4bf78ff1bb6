import type { DryRunOutcome } from "@rolodesk/shared/dry-run";
import { ArrowUpRight } from "lucide";
import { Icon } from "../../../components/icon.tsx";
import { ProviderMark } from "../../../components/provider-mark.tsx";
import { Tag } from "../../../components/tag.tsx";
import { counted } from "../../../counted.ts";
import { webAddress } from "../../../web-address.ts";
import { outcomeWords } from "./dry-run-words.ts";
import { PlanTable } from "./plan-table.tsx";

/** One CRM: who the person is there and why, and the plan. */
export function DryRunCard({ outcome }: { outcome: DryRunOutcome }) {
  const { connection, record, candidates, calls } = outcome;
  const words = outcomeWords(outcome);
  return (
    <article class="settings-card dry-run-card" aria-label={connection.name}>
      <header class="dry-run-card-head">
        <ProviderMark provider={connection.provider} />
        <h4>{connection.name}</h4>
        <Tag tone={words.tone}>{words.text}</Tag>
      </header>
      <p class={outcome.kind === "problem" ? "ui-field-error" : "dry-run-reason"}>{outcome.reason}</p>
      {record && <RecordLine crm={connection.name} {...record} />}
      {outcome.suggestion && <p class="dry-run-reason">{outcome.suggestion}</p>}
      {candidates.length > 0 && (
        <ul class="dry-run-candidates">
          {candidates.map((candidate) => (
            <li key={`${candidate.object}${candidate.externalId}`}>
              <RecordLine crm={connection.name} {...candidate} />
              <span class="ui-hint">{candidate.reason}</span>
            </li>
          ))}
        </ul>
      )}
      {outcome.fields.length > 0 && <PlanTable crm={connection.name} fields={outcome.fields} />}
      <p class="ui-hint">{counted(calls, "call to read", "calls to read")}, none to write.</p>
    </article>
  );
}

type RecordLineProps = NonNullable<DryRunOutcome["record"]> & { crm: string };

function RecordLine({ crm, object, externalId, name, emails, phones, url }: RecordLineProps) {
  const address = webAddress(url);
  const label = [name ?? `${object} ${externalId}`, ...emails, ...phones].join(" · ");
  return (
    <p class="dry-run-record" dir="auto">
      {label} <span class="ui-hint">{object}</span>
      {address && (
        <a class="ui-link" href={address} target="_blank" rel="noreferrer noopener">
          Open in {crm} <Icon node={ArrowUpRight} />
          <span class="ui-sr">in a new tab</span>
        </a>
      )}
    </p>
  );
}
