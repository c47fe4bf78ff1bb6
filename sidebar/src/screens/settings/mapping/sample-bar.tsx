import "../../../theme/dry-run.css";
import { useState } from "preact/hooks";
import { Button } from "../../../components/button.tsx";
import { ContactPicker } from "../dry-run/contact-picker.tsx";
import type { Sample } from "./use-sample.ts";

interface SampleBarProps {
  sample: Sample;
  onContact: (contactId: string) => void;
}

/** Whose values stand beside the rows, and a way to somebody else's. */
export function SampleBar({ sample, onContact }: SampleBarProps) {
  const [picking, setPicking] = useState(false);
  const { person, problem } = sample;
  if (problem) return <p class="ui-field-error">No sample values: {problem}</p>;
  if (!person) return null;
  return (
    <div class="mapping-sample-bar">
      <p class="ui-hint">
        Sample values of <bdi>{person.name ?? person.email ?? person.phone ?? "somebody without a name"}</bdi>, as they
        would be sent.
      </p>
      <Button small look="quiet" onClick={() => setPicking(!picking)}>
        {picking ? "Done" : "Somebody else"}
      </Button>
      {picking && <ContactPicker chosen={person.id} onChosen={onContact} />}
    </div>
  );
}
