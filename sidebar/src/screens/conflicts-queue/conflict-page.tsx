import type { ConflictDetail } from "@rolodesk/shared/conflict-queue";
import { ChevronLeft, ExternalLink } from "lucide";
import { useEffect } from "preact/hooks";
import { Icon } from "../../components/icon.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { readConflict } from "../../endpoints/conflict-queue.ts";
import { onChange } from "../../live.ts";
import { followLink, hrefOf } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { Sides } from "./queue-row.tsx";
import { UnitActions } from "./unit-actions.tsx";
import { decisionText, deedText, labelOf } from "./unit-words.ts";

/** One conflict and its story. */
export function ConflictPage({ id }: { id: string }) {
  const { data, problem, reload } = useResource(`conflict ${id}`, () => readConflict(id));
  useTitle(data ? `${labelOf(data.unit)} of ${data.unit.person.label}` : "Conflict");
  const memberIds = data?.unit.members.map((member) => member.id).join(" ") ?? id;
  useEffect(
    () => onChange((change) => change.kind === "conflict" && memberIds.includes(change.id) && reload()),
    [memberIds],
  );
  return (
    <div class="log-page">
      <a class="log-back" href={hrefOf("/conflicts")} onClick={followLink}>
        <Icon node={ChevronLeft} />
        Conflicts
      </a>
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={5} label="Loading the conflict" />}
      {data && <Story detail={data} onChanged={reload} />}
    </div>
  );
}

function Story({ detail: { unit, trail }, onChanged }: { detail: ConflictDetail; onChanged: () => void }) {
  const decided = decisionText(unit);
  return (
    <>
      <header class="log-head">
        <h1 dir="auto">{unit.person.label}</h1>
        <p class="log-lead">
          {labelOf(unit)} in {unit.connection.name} · since <RelativeTime at={unit.since} />
        </p>
      </header>
      <section class="queue-card">
        <Sides unit={unit} />
        <p class="queue-decided">{decided ?? "Waits for a decision"}</p>
        <UnitActions key={unit.members[0]?.version} unit={unit} onChanged={onChanged} />
      </section>
      <div class="ui-row log-actions">
        {unit.conversation && (
          <a class="ui-button ui-button-outline" href={hrefOf(`/inbox/${unit.conversation.id}`)} onClick={followLink}>
            Open the conversation
          </a>
        )}
        {unit.recordUrl && (
          <a class="ui-button ui-button-outline" href={unit.recordUrl} target="_blank" rel="noopener noreferrer">
            Open in {unit.connection.name}
            <Icon node={ExternalLink} />
          </a>
        )}
      </div>
      <section class="log-section">
        <h2>Decisions</h2>
        {trail.length === 0 && <p class="log-none">Nobody has decided this yet.</p>}
        <ol class="queue-trail">
          {trail.map((deed) => (
            <li key={deed.id}>
              <RelativeTime at={deed.at} />
              <span>
                {deed.actor} {deedText(deed, unit.connection.name)}
                {unit.members.length > 1 && <span class="log-none"> ({deed.label})</span>}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
