import { useState } from "preact/hooks";
import { ErrorCard, Skeleton } from "../../components/state-cards.tsx";
import { readPhoneCall } from "../../endpoints/phone-calls.ts";
import { useResource } from "../../use-resource.ts";

/** What was said, read when somebody wants to see it. */
export function Transcript({ callId, version }: { callId: string; version: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="calls-transcript" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Transcript</summary>
      {open && <TranscriptText callId={callId} version={version} />}
    </details>
  );
}

function TranscriptText({ callId, version }: { callId: string; version: number }) {
  const { data, problem, reload } = useResource(`${callId}:${version}`, () => readPhoneCall(callId));
  if (problem) return <ErrorCard message={problem} onRetry={reload} />;
  if (!data) return <Skeleton lines={3} label="Loading the transcript" />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the keys
    <p class="calls-said" tabIndex={0}>
      {data.transcript}
    </p>
  );
}
