import type { SyncRun } from "@rolodesk/shared/sync-run";
import { ArrowUpRight } from "lucide";
import { useId, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { webAddress } from "../../web-address.ts";
import { chooseRecord } from "./crm-actions.ts";
import type { CrmState } from "./crm-state.ts";

type Candidate = SyncRun["candidates"][number];

function keyOf(candidate: Candidate): string {
  return `${candidate.object}/${candidate.externalId}`;
}

/** The records that fit, in the server's order. Nothing is chosen beforehand: the first is not a guess. */
export function CandidatePicker({ state, run, crmName }: { state: CrmState; run: SyncRun; crmName: string }) {
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [sent, setSent] = useState<"record" | "create" | "later" | null>(null);
  const name = useId();
  const asking = state.asking.value.has(run.connectionId);
  const chosen = run.candidates.find((candidate) => keyOf(candidate) === chosenKey);

  function decide(kind: "record" | "create" | "later"): void {
    setSent(kind);
    if (kind !== "record") void chooseRecord(state, run, { kind });
    else if (chosen) {
      void chooseRecord(state, run, { kind, object: chosen.object, externalId: chosen.externalId });
    }
  }

  return (
    <fieldset class="picker" disabled={asking}>
      <legend>Who is this in {crmName}?</legend>
      <p class="ui-hint">Nothing is written until you choose.</p>
      <ul class="picker-list">
        {run.candidates.map((candidate) => (
          <CandidateOption
            key={keyOf(candidate)}
            candidate={candidate}
            group={name}
            checked={keyOf(candidate) === chosenKey}
            onChoose={() => setChosenKey(keyOf(candidate))}
          />
        ))}
      </ul>
      <div class="picker-actions">
        <Button small busy={asking && sent === "record"} disabled={!chosen} onClick={() => decide("record")}>
          Use this record
        </Button>
        <Button small busy={asking && sent === "create"} onClick={() => decide("create")}>
          Create new
        </Button>
        <Button small look="quiet" busy={asking && sent === "later"} onClick={() => decide("later")}>
          Not now
        </Button>
      </div>
    </fieldset>
  );
}

interface OptionProps {
  candidate: Candidate;
  group: string;
  checked: boolean;
  onChoose: () => void;
}

function CandidateOption({ candidate, group, checked, onChoose }: OptionProps) {
  const taken = candidate.linkedContactId !== null;
  const label = candidate.name ?? candidate.emails[0] ?? candidate.phones[0] ?? candidate.externalId;
  const url = webAddress(candidate.url);
  return (
    <li class={`picker-option${taken ? " picker-option-taken" : ""}`}>
      <label>
        <input type="radio" name={group} checked={checked} disabled={taken} onChange={onChoose} />
        <span class="picker-about">
          <span class="picker-name">
            {label} <span class="picker-object">{candidate.object}</span>
          </span>
          {[...candidate.emails, ...candidate.phones]
            .filter((value) => value !== label)
            .map((value) => (
              <span class="picker-value" key={value}>
                {value}
              </span>
            ))}
          <span class="picker-reason">{candidate.reason}</span>
          {taken && <span class="picker-reason">Already linked to another contact here, so it cannot be chosen.</span>}
        </span>
      </label>
      {url && (
        <a class="ui-link picker-open" href={url} target="_blank" rel="noreferrer noopener">
          Open <Icon node={ArrowUpRight} />
          <span class="ui-sr">{label} in a new tab</span>
        </a>
      )}
    </li>
  );
}
