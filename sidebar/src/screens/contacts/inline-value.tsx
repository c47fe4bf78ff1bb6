import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Refusal } from "../../components/refusal.tsx";
import { focusWhenShown } from "../../focus-when-shown.ts";

interface InlineValueProps {
  label: string;
  value: string;
  /** Empty: the value is taken away. */
  onSave: (value: string) => Promise<void>;
}

/** A value that becomes an input when it is clicked. Enter and leaving save, Esc leaves it as it was. */
export function InlineValue({ label, value, onSave }: InlineValueProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function save(): Promise<void> {
    if (draft === null || busy) return;
    if (draft.trim() === value) return leave();
    setBusy(true);
    try {
      await onSave(draft.trim());
      leave();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  }
  function leave(): void {
    setDraft(null);
    setProblem(null);
  }
  return (
    <div class="contact-field">
      <dt>{label}</dt>
      <dd>
        {draft === null ? (
          <button
            type="button"
            class={`contact-value${value === "" ? " log-none" : ""}`}
            aria-label={`Edit ${label}: ${value === "" ? "empty" : value}`}
            dir="auto"
            onClick={() => setDraft(value)}
          >
            {value === "" ? "Add" : value}
          </button>
        ) : (
          <input
            class="ui-input"
            aria-label={label}
            aria-invalid={problem ? true : undefined}
            value={draft}
            disabled={busy}
            dir="auto"
            ref={focusWhenShown}
            onInput={(event) => setDraft(event.currentTarget.value)}
            onBlur={() => void save()}
            onKeyDown={(event) => {
              if (event.key === "Enter") void save();
              if (event.key !== "Escape") return;
              event.stopPropagation();
              leave();
            }}
          />
        )}
        <Refusal problem={problem} />
      </dd>
    </div>
  );
}
