import type { Settlement } from "@rolodesk/shared/conflict-queue";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { DetailPage } from "../../components/detail-page.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { ErrorCard } from "../../components/state-cards.tsx";
import { counted } from "../../counted.ts";
import { readSettlement, startSettlement } from "../../endpoints/conflict-queue.ts";
import { clockTime } from "../../relative-time.ts";
import { navigate } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { SettlementRowsList } from "./settlement-rows.tsx";
import { OUTCOME_WORDS } from "./settlement-words.ts";

/** A decision about many conflicts: first what it covers, then how far it is, then what became of each. */
export function SettlementPage({ id }: { id: string }) {
  const settlement = useResource(
    `settlement ${id}`,
    () => readSettlement(id),
    (change) => change.kind === "settlement" && change.id === id,
  );
  useTitle("Settle conflicts");
  return (
    <DetailPage back={{ path: "/conflicts", label: "Conflicts" }}>
      <Loaded of={settlement} loading="Loading the decision" lines={5}>
        {(data) => (
          <>
            <Covered settlement={data} onStarted={settlement.set} />
            {data.status !== "draft" && <SettlementRowsList settlement={data} />}
          </>
        )}
      </Loaded>
    </DetailPage>
  );
}

function Covered({ settlement, onStarted }: { settlement: Settlement; onStarted: (started: Settlement) => void }) {
  const usesChat = settlement.decision === "use_chat";
  const values = counted(settlement.total, "value", "values");
  return (
    <>
      <header class="log-head">
        <h1>{usesChat ? `Use ${values} from the chat` : `Keep ${values} of the CRMs`}</h1>
        <p class="log-lead">
          {usesChat
            ? "Each record is read again first. What the CRM has changed since is left as it is and stays in the queue."
            : "Nothing is written. The same pairs of values are not asked about again."}
        </p>
      </header>
      <ul class="queue-groups" aria-label="By connection and field">
        {settlement.groups.map(({ connectionName, label, count }) => (
          <li key={`${connectionName}${label}`}>
            <span>
              {connectionName} · {label}
            </span>
            <b>{count.toLocaleString()}</b>
          </li>
        ))}
      </ul>
      {settlement.status === "draft" ? (
        <Confirm settlement={settlement} onStarted={onStarted} />
      ) : (
        <Progress settlement={settlement} />
      )}
    </>
  );
}

function Confirm({ settlement, onStarted }: { settlement: Settlement; onStarted: (started: Settlement) => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function start(): Promise<void> {
    setBusy(true);
    try {
      onStarted(await startSettlement(settlement.id));
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  const { stale, moved, inactive, decision, total } = settlement;
  return (
    <>
      <ul class="queue-warnings">
        {stale > 0 && (
          <li>{counted(stale, "value has", "values have")} changed since you looked and will stay in the queue.</li>
        )}
        {moved > 0 && (
          <li>
            {counted(moved, "value was", "values were")} changed by the CRM while waiting; you decide about the new.
          </li>
        )}
        {inactive > 0 && decision === "use_chat" && (
          <li>
            {counted(inactive, "value belongs", "values belong")} to a paused connection and cannot be written now.
          </li>
        )}
      </ul>
      {problem && <ErrorCard message={problem} />}
      <div class="ui-row log-actions">
        <Button look="solid" busy={busy} disabled={total === 0} onClick={() => void start()}>
          {decision === "use_chat" ? "Use the chat values" : "Keep the CRM values"}
        </Button>
        <Button look="quiet" onClick={() => navigate("/conflicts")}>
          Cancel
        </Button>
      </div>
    </>
  );
}

function Progress({ settlement: { status, total, outcomes, waitsUntil } }: { settlement: Settlement }) {
  const done = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return (
    <section class="queue-progress" aria-label="Progress">
      <progress max={Math.max(1, total)} value={done} aria-label="Values settled" />
      <p role="status">
        {status === "running" && `${done.toLocaleString()} of ${counted(total, "value", "values")} looked at`}
        {status === "done" && `Done: ${counted(total, "value", "values")} looked at`}
        {status === "stopped" && "Stopped: whoever started it is deactivated"}
        {waitsUntil && `. The CRM asked to wait; it goes on at ${clockTime(waitsUntil)}`}
      </p>
      <ul class="queue-outcomes">
        {OUTCOME_WORDS.map(([outcome, words]) => {
          const count = outcomes[outcome] ?? 0;
          return (
            count > 0 && (
              <li key={outcome}>
                {words}: <b>{count.toLocaleString()}</b>
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
