import type { Connection } from "@rolodesk/shared/connection";
import type { ConnectionHealth } from "@rolodesk/shared/connection-health";
import { useEffect } from "preact/hooks";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { ErrorCard, Skeleton } from "../../../components/state-cards.tsx";
import { Tag } from "../../../components/tag.tsx";
import { counted } from "../../../counted.ts";
import { readHealth } from "../../../endpoints/settings.ts";
import { useNow } from "../../../now.ts";
import { followLink, hrefOf } from "../../../router.ts";
import { useResource } from "../../../use-resource.ts";
import { RetryFailed } from "../../sync-log/retry-failed.tsx";
import { CallMeter } from "./call-meter.tsx";
import { dayText, healthWords, soonText, windowText } from "./health-words.ts";

/** Counts of calls are not pushed to this page. */
const ASK_AGAIN_MS = 5000;

/** How a connection is doing: whether its CRM answers, what it still allows, what waits and what went wrong last. */
export function HealthCard({ connection }: { connection: Connection }) {
  const { id: connectionId, providerName, status } = connection;
  const { data, problem, reload } = useResource(
    `health ${connectionId}`,
    () => readHealth(connectionId),
    (change) => change.kind === "connection" && change.id === connectionId,
  );
  useEffect(() => {
    const timer = setInterval(reload, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [connectionId]);
  if (problem && !data) return <ErrorCard message={problem} onRetry={reload} />;
  if (!data) return <Skeleton lines={4} label="Loading the health" />;
  const words = healthWords(status, data);
  return (
    <section class="settings-card" aria-labelledby="health-title">
      <div class="settings-card-head">
        <h3 id="health-title">Health</h3>
        <Tag tone={words.tone}>{words.tag}</Tag>
      </div>
      <p role="status">
        {words.text(providerName)}
        {status === "active" && <Since health={data} />}
      </p>
      {data.calls && (
        <CallMeter label="Calls" used={data.calls.used} max={data.calls.max} text={windowText(data.calls)} />
      )}
      {data.searches && (
        <CallMeter
          label="Searches"
          used={data.searches.used}
          max={data.searches.max}
          text={windowText(data.searches)}
        />
      )}
      {data.day && (
        <CallMeter
          label="Today"
          used={data.day.limit - data.day.remaining}
          max={data.day.limit}
          text={dayText(data.day)}
        />
      )}
      <dl class="settings-facts">
        <dt>Queue</dt>
        <dd>
          <QueueText health={data} />
        </dd>
        <dt>Last trouble</dt>
        <dd>
          <TroubleText health={data} />
        </dd>
        {data.phoneCalls && (
          <>
            <dt>Telephone calls</dt>
            <dd>
              <PhoneCallsText phoneCalls={data.phoneCalls} providerName={providerName} />
            </dd>
          </>
        )}
      </dl>
      <RetryFailed connection={connection} failed={data.failed} onRetried={reload} />
    </section>
  );
}

function Since({ health: { downSince, until } }: { health: ConnectionHealth }) {
  return (
    <>
      {downSince && (
        <>
          {" "}
          First noticed <RelativeTime at={downSince} />.
        </>
      )}
      {until && (
        <>
          {" "}
          Next call <Soon at={until} />.
        </>
      )}
    </>
  );
}

function Soon({ at }: { at: string }) {
  const now = useNow(1000);
  return <time dateTime={at}>{soonText(at, now)}</time>;
}

function QueueText({ health: { queue } }: { health: ConnectionHealth }) {
  if (queue.length === 0) return <>Empty</>;
  return (
    <>
      {counted(queue.length, "sync", "syncs")}
      {queue.oldestAt && (
        <>
          , the oldest from <RelativeTime at={queue.oldestAt} />
        </>
      )}
      {queue.nextAt && (
        <>
          , next try <Soon at={queue.nextAt} />
        </>
      )}
    </>
  );
}

interface PhoneCallsProps {
  phoneCalls: NonNullable<ConnectionHealth["phoneCalls"]>;
  providerName: string;
}

function PhoneCallsText({ phoneCalls, providerName }: PhoneCallsProps) {
  if (phoneCalls.state === "left_alone") {
    return (
      <>
        Told by workflows under ids of their own. {providerName}’s log is not read besides, or each call would be here
        twice.
      </>
    );
  }
  return (
    <>
      They cannot be read: {phoneCalls.problem} Asked again <Soon at={phoneCalls.nextAt} />.
    </>
  );
}

function TroubleText({ health: { lastError } }: { health: ConnectionHealth }) {
  if (!lastError) return <>None</>;
  return (
    <>
      {lastError.words} <RelativeTime at={lastError.at} />,{" "}
      <a class="ui-link" href={hrefOf(`/sync/${lastError.runId}`)} onClick={followLink}>
        show the sync
      </a>
    </>
  );
}
