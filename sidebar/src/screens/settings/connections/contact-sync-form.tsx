import "../../../theme/imports.css";
import type { ContactSync, ContactSyncChange } from "@rolodesk/shared/import-run";
import { IMPORT_INTERVALS, IMPORT_TAG_MAX_CHARS } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { failureText } from "../../../api.ts";
import { Button } from "../../../components/button.tsx";
import { SelectField, TextField } from "../../../components/field.tsx";
import { patchContactSync } from "../../../endpoints/imports.ts";

interface FormProps {
  connectionId: string;
  providerName: string;
  sync: ContactSync;
  onSaved: (sync: ContactSync) => void;
}

const INTERVAL_WORDS: Readonly<Record<(typeof IMPORT_INTERVALS)[number], string>> = {
  0: "Only when asked",
  15: "Every 15 minutes",
  60: "Every hour",
  1440: "Every day",
};
const INTERVALS = ["0", "15", "60", "1440"] as const;

/** How contacts come in. A run under way keeps what it was started with. */
export function ContactSyncForm({ connectionId, providerName, sync, onSaved }: FormProps) {
  const [draft, setDraft] = useState(sync);
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ text: string; failed: boolean } | null>(null);
  const change = (part: Partial<ContactSync>) => {
    setDraft({ ...draft, ...part });
    setTold(null);
  };

  async function save(): Promise<void> {
    setBusy(true);
    try {
      const { strategy, everyMinutes, tag, lookupOrder } = draft;
      const input: ContactSyncChange = {
        strategy,
        everyMinutes,
        lookupOrder,
        ...(sync.filtersByTag && { tag: tag || null }),
      };
      const saved = await patchContactSync(connectionId, input);
      onSaved(saved);
      setDraft(saved);
      setTold({ text: "Saved.", failed: false });
    } catch (error) {
      setTold({ text: failureText(error), failed: true });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      class="settings-subform"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SelectField
        label="Where both sides changed a value"
        value={draft.strategy}
        options={[
          { value: "merge", label: "Ask an agent" },
          { value: "crm", label: `Use ${providerName}’s value` },
          { value: "ours", label: "Keep ours" },
        ]}
        hint="Where only one side changed, its value counts. A blank never replaces a value."
        onValue={(strategy) => change({ strategy })}
      />
      <SelectField
        label="Read changes"
        value={INTERVALS.find((minutes) => Number(minutes) === draft.everyMinutes) ?? "0"}
        options={INTERVALS.map((value) => ({ value, label: intervalWords(value) }))}
        hint={`With a webhook, what ${providerName} tells of is taken over at once, unless this is “Only when asked”.`}
        onValue={(value) =>
          change({ everyMinutes: IMPORT_INTERVALS.find((minutes) => minutes === Number(value)) ?? 0 })
        }
      />
      <SelectField
        label="People are recognised by"
        value={draft.lookupOrder}
        options={[
          { value: "email_first", label: "Email, then phone" },
          { value: "phone_first", label: "Phone, then email" },
        ]}
        onValue={(lookupOrder) => change({ lookupOrder })}
      />
      {sync.filtersByTag && (
        <TextField
          label="Only people with this tag"
          optional
          value={draft.tag ?? ""}
          error={
            (draft.tag ?? "").length > IMPORT_TAG_MAX_CHARS ? `At most ${IMPORT_TAG_MAX_CHARS} characters.` : undefined
          }
          hint="Contacts that are linked already are followed with or without it."
          onValue={(tag) => change({ tag })}
        />
      )}
      <div class="ui-row">
        <Button type="submit" busy={busy}>
          Save
        </Button>
        <p class={told?.failed ? "ui-field-error" : "settings-saved"} role="status">
          {told?.text}
        </p>
      </div>
    </form>
  );
}

function intervalWords(value: (typeof INTERVALS)[number]): string {
  const minutes = IMPORT_INTERVALS.find((known) => known === Number(value)) ?? 0;
  return INTERVAL_WORDS[minutes];
}
