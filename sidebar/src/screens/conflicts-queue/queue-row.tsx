import type { ConflictUnit } from "@rolodesk/shared/conflict-queue";
import { ProviderMark } from "../../components/provider-mark.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { followLink, hrefOf } from "../../router.ts";
import { isAboutContact } from "../crm/conflict-rows.ts";
import { UnitActions } from "./unit-actions.tsx";
import { decisionText, labelOf, sideText } from "./unit-words.ts";

interface QueueRowProps {
  unit: ConflictUnit;
  /** null: it cannot be chosen. */
  chosen: boolean | null;
  onChoose: (on: boolean) => void;
  onChanged: () => void;
}

/** One conflict of the queue: who, what, both values, and what may be done. */
export function QueueRow({ unit, chosen, onChoose, onChanged }: QueueRowProps) {
  const label = labelOf(unit);
  const [first] = unit.members;
  const decided = decisionText(unit);
  return (
    <li class={`queue-row${chosen ? " queue-row-chosen" : ""}`} aria-label={`${unit.person.label}, ${label}`}>
      {chosen !== null && (
        <input
          type="checkbox"
          class="queue-check"
          checked={chosen}
          aria-label={`Choose ${label} of ${unit.person.label}`}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
      )}
      <div class="queue-main">
        <p class="queue-who">
          <ProviderMark provider={unit.connection.provider} />
          <a class="queue-name" href={hrefOf(`/conflicts/${unit.id}`)} onClick={followLink} dir="auto">
            {unit.person.label}
          </a>
          <span class="queue-about">
            {label} in {unit.connection.name}
            {unit.conversation && ` · ${unit.conversation.siteName}`}
            {unit.conversation?.assigneeName && ` · ${unit.conversation.assigneeName}`} ·{" "}
            <RelativeTime at={first?.decidedAt ?? unit.since} />
          </span>
        </p>
        <Sides unit={unit} />
        {decided && <p class="queue-decided">{decided}</p>}
        {first?.status === "pending" && unit.members.some(({ stale }) => stale) && (
          <p class="queue-moved">{unit.connection.name} changed its value while this waited.</p>
        )}
        {unit.members.map(
          ({ id, problem }) =>
            problem && (
              <p class="log-bad" key={id}>
                {problem}
              </p>
            ),
        )}
      </div>
      <UnitActions unit={unit} onChanged={onChanged} />
    </li>
  );
}

export function Sides({ unit }: { unit: ConflictUnit }) {
  const { name } = unit.connection;
  const decided = unit.members.some(({ decidedAt }) => decidedAt !== null);
  return (
    <dl class="queue-sides">
      <div>
        <dt>{decided ? `${name} had` : `In ${name}`}</dt>
        <SideValue text={sideText(unit, "crmValue")} />
      </div>
      <div>
        <dt>{oursLabel(unit, decided)}</dt>
        <SideValue text={sideText(unit, "chatValue")} />
      </div>
    </dl>
  );
}

function oursLabel({ members }: ConflictUnit, decided: boolean): string {
  if (isAboutContact(members)) return decided ? "Rolodesk had" : "In Rolodesk";
  return decided ? "The chat said" : "From chat";
}

function SideValue({ text }: { text: string | null }) {
  return text === null ? <dd class="log-none">Empty</dd> : <dd dir="auto">{text}</dd>;
}
