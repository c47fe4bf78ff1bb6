import { CONTACT_CHANNELS, type ContactChannel } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Refusal } from "../../components/refusal.tsx";
import { CHANNEL_LABELS } from "./contact-words.ts";

interface ContactChannelsProps {
  channels: readonly ContactChannel[];
  onChange: (channels: ContactChannel[]) => Promise<void>;
}

/** By what the person must not be written to. */
export function ContactChannels({ channels, onChange }: ContactChannelsProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function store(next: ContactChannel[]): Promise<void> {
    setBusy(true);
    try {
      await onChange(next);
      setProblem(null);
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <fieldset class="contact-card contact-channels" disabled={busy}>
      <legend>
        <h2>Do not contact by</h2>
      </legend>
      {CONTACT_CHANNELS.map((channel) => (
        <label key={channel}>
          <input
            type="checkbox"
            checked={channels.includes(channel)}
            onChange={(event) =>
              void store(
                event.currentTarget.checked ? [...channels, channel] : channels.filter((other) => other !== channel),
              )
            }
          />
          {CHANNEL_LABELS[channel]}
        </label>
      ))}
      <Refusal problem={problem} />
    </fieldset>
  );
}
