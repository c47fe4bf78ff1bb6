import type { ConflictDetail } from "@rolodesk/shared/conflict-queue";
import { ExternalLink } from "lucide";
import { DetailPage } from "../../components/detail-page.tsx";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { readConflict } from "../../endpoints/conflict-queue.ts";
import { followLink, hrefOf } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { Sides } from "./queue-row.tsx";
import { UnitActions } from "./unit-actions.tsx";
import { decisionText, deedText, labelOf } from "./unit-words.ts";

/** One conflict and its story. */
export function ConflictPage({ id }: { id: string }) {
  const conflict = useResource(
    `conflict ${id}`,
    () => readConflict(id),
    ({ kind }) => kind === "conflict",
  );
  const unit = conflict.data?.unit;
  useTitle(unit ? `${labelOf(unit)} of ${unit.person.label}` : "Conflict");
  return (
    <DetailPage back={{ path: "/conflicts", label: "Conflicts" }}>
      <Loaded of={conflict} loading="Loading the conflict" lines={5}>
        {(detail) => <Story detail={detail} onChanged={conflict.reload} />}
      </Loaded>
    </DetailPage>
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
