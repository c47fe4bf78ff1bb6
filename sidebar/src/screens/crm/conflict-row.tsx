import type { SettleConflicts } from "@rolodesk/shared/conflict";
import type { CrmTab } from "@rolodesk/shared/crm-panel";
import { Button } from "../../components/button.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { counted } from "../../counted.ts";
import { followLink, hrefOf } from "../../router.ts";
import { type ConflictRow, isAboutContact, rowText } from "./conflict-rows.ts";
import { settleRows } from "./crm-actions.ts";
import { type CrmState, changedSinceSeen } from "./crm-state.ts";
import { scrollToMessage } from "./scroll-to-message.ts";
import { valueText } from "./shown-value.ts";

interface RowProps {
  state: CrmState;
  tab: CrmTab;
  row: ConflictRow;
}

export function ConflictRowCard({ state, tab, row }: RowProps) {
  const crmName = tab.connection.name;
  const decision = row.members
    .map((member) => state.settling.value.get(member.id))
    .find((found) => found !== undefined);
  const changed = row.members.some((member) => changedSinceSeen(state, member));
  const problems = row.members.map((member) => member.problem).filter((problem) => problem !== null);
  const inCrm = rowText(row, "crmValue");
  const isOurs = isAboutContact(row.members);
  return (
    <li class="conflict" aria-label={row.label}>
      <h4 class="conflict-label">{row.label}</h4>
      <dl class="conflict-sides">
        <div class={`conflict-side${changed ? " conflict-side-changed" : ""}`}>
          <dt>In {crmName}</dt>
          <dd>
            <SideValue text={inCrm} />
            <CrmSource row={row} />
          </dd>
        </div>
        <div class="conflict-side">
          <dt>{isOurs ? "In Rolodesk" : "From chat"}</dt>
          <dd>
            <SideValue text={rowText(row, "chatValue")} />
            {!isOurs && <SaidIn state={state} row={row} />}
          </dd>
        </div>
      </dl>
      {changed && (
        <p class="conflict-changed" role="status">
          {crmName} changed this to “{inCrm ?? "nothing"}” since you looked. Decide again.
        </p>
      )}
      {problems.map((problem) => (
        <p class="conflict-problem" role="alert" key={problem}>
          {problem}
        </p>
      ))}
      <Earlier row={row} />
      {row.applying && !decision ? (
        <p class="conflict-applying" role="status">
          Somebody’s decision is being written to {crmName}
        </p>
      ) : (
        <Decide decision={decision} isOurs={isOurs} onDecide={(chosen) => void settleRows(state, tab, [row], chosen)} />
      )}
    </li>
  );
}

function SideValue({ text }: { text: string | null }) {
  return text === null ? (
    <span class="conflict-value crm-empty">Empty</span>
  ) : (
    <span class="conflict-value" dir="auto">
      {text}
    </span>
  );
}

function CrmSource({ row }: { row: ConflictRow }) {
  const source = row.members.find((member) => member.crmSource !== null)?.crmSource;
  return source ? <span class="conflict-source">{source}</span> : null;
}

function SaidIn({ state, row }: { state: CrmState; row: ConflictRow }) {
  const said = row.members.find((member) => member.messageSeq !== null && member.conversationId !== null);
  if (!said || said.messageSeq === null || said.conversationId === null) {
    return <span class="conflict-source">From the contact card</span>;
  }
  const { messageSeq, conversationId } = said;
  if (conversationId !== state.conversationId) {
    return (
      <a class="ui-link conflict-source" href={hrefOf(`/inbox/${conversationId}`)} onClick={followLink}>
        In another conversation
      </a>
    );
  }
  return (
    <button type="button" class="ui-link conflict-source" onClick={() => scrollToMessage(messageSeq)}>
      Show the message
    </button>
  );
}

function Earlier({ row }: { row: ConflictRow }) {
  const earlier = row.members.flatMap((member) => member.earlier.map((value) => ({ ...value, label: member.label })));
  if (earlier.length === 0) return null;
  return (
    <details class="conflict-earlier">
      <summary>{counted(earlier.length, "earlier value", "earlier values")} from the chat</summary>
      <ul>
        {earlier.map(({ value, at, label }) => (
          <li key={`${label}${at}`}>
            {row.members.length > 1 && `${label}: `}
            {valueText(value) ?? "Empty"} · <RelativeTime at={at} />
          </li>
        ))}
      </ul>
    </details>
  );
}

interface DecideProps {
  decision: SettleConflicts["decision"] | undefined;
  /** Our side is the contact's own value. */
  isOurs: boolean;
  onDecide: (decision: SettleConflicts["decision"]) => void;
}

function Decide({ decision, isOurs, onDecide }: DecideProps) {
  return (
    <div class="conflict-actions">
      <Button
        small
        busy={decision === "use_chat"}
        disabled={decision === "keep_crm"}
        onClick={() => onDecide("use_chat")}
      >
        {isOurs ? "Use our value" : "Use chat value"}
      </Button>
      <Button
        small
        busy={decision === "keep_crm"}
        disabled={decision === "use_chat"}
        onClick={() => onDecide("keep_crm")}
      >
        Keep CRM value
      </Button>
    </div>
  );
}
