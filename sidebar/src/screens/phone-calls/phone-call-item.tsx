import type { PhoneCall } from "@rolodesk/shared/phone-call";
import { DISPOSITIONS } from "@rolodesk/shared/vocabulary";
import { CalendarClock, PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Select } from "../../components/field.tsx";
import { Icon } from "../../components/icon.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Tag } from "../../components/tag.tsx";
import { patchPhoneCall } from "../../endpoints/phone-calls.ts";
import { webAddress } from "../../web-address.ts";
import { callWords, dispositionWords, ENGAGEMENT_WORDS, momentWords, sourceWords } from "./phone-call-words.ts";
import { Transcript } from "./transcript.tsx";

interface ItemProps {
  call: PhoneCall;
  onChanged: () => void;
  /** What can be done with one of nobody. */
  children?: ComponentChildren;
}

/** One call: how it went, what it came to and who says so; where it is nobody's, with its number. */
export function PhoneCallItem({ call, onChanged, children }: ItemProps) {
  const recording = call.recordingUrl === null ? null : webAddress(call.recordingUrl);
  const source = sourceWords(call);
  return (
    <li class="calls-item">
      <p class="calls-head">
        <Icon node={iconOf(call)} />
        <span class="calls-words">{callWords(call)}</span>
        <RelativeTime at={call.at} style="short" />
      </p>
      {call.contactId === null && (
        <p class="ui-hint">
          {call.phone === null ? "No number" : <bdi>{call.phone}</bdi>} · {call.connection.name}
        </p>
      )}
      <Ending call={call} onChanged={onChanged} />
      {source && <p class="ui-hint">{source}.</p>}
      {call.summary.text !== null && <p class="calls-summary">{call.summary.text}</p>}
      {call.summary.text !== null && call.summary.model !== null && (
        <p class="ui-hint">Summary by {call.summary.model}. It may be wrong.</p>
      )}
      {call.summary.status === "waiting" && <p class="ui-hint">The summary is being written.</p>}
      {call.summary.status === "failed" && <p class="ui-hint">No summary: {call.summary.problem}</p>}
      {call.nextFollowUpAt !== null && (
        <p class="calls-follow-up">
          <Icon node={CalendarClock} />
          Follow up {momentWords(call.nextFollowUpAt)}
        </p>
      )}
      {recording && (
        <a class="ui-link" href={recording} target="_blank" rel="noreferrer noopener">
          Listen in {call.connection.providerName}
        </a>
      )}
      {call.hasTranscript && <Transcript callId={call.id} version={call.version} />}
      {children}
    </li>
  );
}

function Ending({ call, onChanged }: { call: PhoneCall; onChanged: () => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const current = call.disposition?.value ?? "";
  const values = DISPOSITIONS.some((one) => one === current) ? DISPOSITIONS : [current, ...DISPOSITIONS];

  async function choose(value: string): Promise<void> {
    if (value === "" || value === current) return;
    try {
      await patchPhoneCall(call.id, value);
      setProblem(null);
      onChanged();
    } catch (error) {
      setProblem(failureText(error));
    }
  }
  return (
    <div class="calls-ending">
      <Select
        aria-label="How the call ended"
        value={current}
        options={values.map((value) => ({ value, label: value === "" ? "Not said" : dispositionWords(value) }))}
        onValue={(value) => void choose(value)}
      />
      {call.engagement && <Tag tone="plain">{ENGAGEMENT_WORDS[call.engagement]}</Tag>}
      <Refusal problem={problem} />
    </div>
  );
}

function iconOf({ direction, status, pickedUp }: PhoneCall) {
  if (status !== null && !pickedUp && direction === "inbound") return PhoneMissed;
  return direction === "outbound" ? PhoneOutgoing : PhoneIncoming;
}
