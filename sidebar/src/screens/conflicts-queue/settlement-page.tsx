import type { Settlement } from "@rolodesk/shared/conflict-queue";
import { ChevronLeft } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { counted } from "../../counted.ts";
import { readSettlement, startSettlement } from "../../endpoints/conflict-queue.ts";
import { onChange, onReturn } from "../../live.ts";
import { clockTime } from "../../relative-time.ts";
import { createReread } from "../../reread.ts";
import { followLink, hrefOf, navigate } from "../../router.ts";
import { useResource } from "../../use-resource.ts";
import { useTitle } from "../../use-title.ts";
import { SettlementRowsList } from "./settlement-rows.tsx";
import { OUTCOME_WORDS } from "./settlement-words.ts";

const REREAD_DELAY_MS = 200;

/** A decision about many conflicts: first what it covers, then how far it is, then what became of each. */
export function SettlementPage({ id }: { id: string }) {
  const { data, problem, reload, set } = useResource(`settlement ${id}`, () => readSettlement(id));
  useTitle("Settle conflicts");
  useEffect(() => {
    const reread = createReread(async () => reload(), REREAD_DELAY_MS);
    const stops = [
      onChange((change) => change.kind === "settlement" && change.id === id && reread.ask()),
      onReturn(reread.ask),
      reread.stop,
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [id]);
  return (
    <div class="log-page">
      <a class="log-back" href={hrefOf("/conflicts")} onClick={followLink}>
        <Icon node={ChevronLeft} />
        Conflicts
      </a>
      {problem && <ErrorCard message={problem} onRetry={reload} />}
      {!data && !problem && <Skeleton lines={5} label="Loading" />}
      {data && <Covered settlement={data} onStarted={set} />}
      {data && data.status !== "draft" && <SettlementRowsList key={data.version} settlement={data} />}
    </div>
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
