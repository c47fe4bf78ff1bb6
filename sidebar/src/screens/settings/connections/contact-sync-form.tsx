import type { ContactSync } from "@rolodesk/shared/import-run";
import { IMPORT_INTERVALS } from "@rolodesk/shared/vocabulary";
import { SelectField, TextField } from "../../../components/field.tsx";
import { patchContactSync } from "../../../endpoints/imports.ts";
import { SavedNote } from "../../../forms/saved-note.tsx";
import { SendForm } from "../../../forms/send-form.tsx";
import { useDraft } from "../../../forms/use-draft.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";

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
  const { draft, change, saved, keep } = useDraft(() => sync);
  const form = useFormSend(["tag"], async () => {
    const { strategy, everyMinutes, tag, lookupOrder } = draft;
    const changed = await patchContactSync(connectionId, {
      strategy,
      everyMinutes,
      lookupOrder,
      ...(sync.filtersByTag && { tag: tag || null }),
    });
    onSaved(changed);
    keep(changed);
  });

  return (
    <SendForm form={form} look="part" submit="Save" submitLook="outline" note={<SavedNote saved={saved} />}>
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
          error={form.fields.tag}
          hint="Contacts that are linked already are followed with or without it."
          onValue={(tag) => change({ tag })}
        />
      )}
    </SendForm>
  );
}

function intervalWords(value: (typeof INTERVALS)[number]): string {
  const minutes = IMPORT_INTERVALS.find((known) => known === Number(value)) ?? 0;
  return INTERVAL_WORDS[minutes];
}
