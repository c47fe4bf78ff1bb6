import type { AskLevel, Site } from "@rolodesk/shared/site";
import { fieldLabel, VISITOR_FIELDS } from "@rolodesk/shared/vocabulary";
import { useMemo } from "preact/hooks";
import { Field, SelectField, TextField } from "../../../components/field.tsx";
import { patchSite, postSite } from "../../../endpoints/settings.ts";
import { SavedNote } from "../../../forms/saved-note.tsx";
import { SendForm } from "../../../forms/send-form.tsx";
import { useDraft } from "../../../forms/use-draft.ts";
import { useFormSend } from "../../../forms/use-form-send.ts";
import { countryOptions } from "./countries.ts";
import { LauncherPreview } from "./launcher-preview.tsx";
import { draftOf, inputOf, NEW_SITE, originsError, type SiteDraft } from "./site-draft.ts";

const SHOWN_INPUTS = ["name", "accent", "greeting", "origins", "defaultCountry", "idleMinutes"];
const IDLE_MAX_MINUTES = 7 * 24 * 60;

const ASK_OPTIONS: readonly { value: AskLevel; label: string }[] = [
  { value: "off", label: "Not asked" },
  { value: "optional", label: "Optional" },
  { value: "required", label: "Required" },
];

export function SiteForm({ site, onSaved }: { site: Site | null; onSaved: (site: Site) => void }) {
  const { draft, change, saved, keep } = useDraft<SiteDraft>(() => (site ? draftOf(site) : NEW_SITE));
  const countries = useMemo(countryOptions, []);
  const form = useFormSend(SHOWN_INPUTS, async () => {
    const input = inputOf(draft);
    onSaved(site ? await patchSite(site.id, input) : await postSite(input));
    keep(draft);
  });
  return (
    <SendForm form={form} submit={site ? "Save" : "Add the site"} note={<SavedNote saved={saved} />}>
      <TextField
        label="Name"
        required
        value={draft.name}
        onValue={(name) => change({ name })}
        error={form.fields.name}
        hint="Visitors see it at the top of the chat."
      />
      <div class="settings-look">
        <div class="settings-form">
          <ColorField value={draft.accent} onValue={(accent) => change({ accent })} error={form.fields.accent} />
          <TextField
            label="Greeting"
            value={draft.greeting}
            onValue={(greeting) => change({ greeting })}
            error={form.fields.greeting}
          />
        </div>
        <LauncherPreview accent={draft.accent} greeting={draft.greeting} />
      </div>
      <Field
        label="Websites that may show the chat"
        error={originsError(form.fields, inputOf(draft).origins)}
        hint="One per line, such as https://shop.example.com, or https://*.example.com for every subdomain."
      >
        {(attributes) => (
          <textarea
            {...attributes}
            class="ui-input"
            rows={3}
            value={draft.origins}
            onInput={(event) => change({ origins: event.currentTarget.value })}
          />
        )}
      </Field>
      <SelectField
        label="Country of telephone numbers"
        value={draft.defaultCountry}
        options={countries}
        onValue={(defaultCountry) => change({ defaultCountry })}
        error={form.fields.defaultCountry}
        hint="Assumed for numbers that visitors write without +."
      />
      <fieldset class="settings-ask">
        <legend class="ui-label">What the chat asks for</legend>
        {VISITOR_FIELDS.map((field) => (
          <SelectField
            key={field}
            label={fieldLabel(field)}
            value={draft.ask[field]}
            options={ASK_OPTIONS}
            onValue={(level) => change({ ask: { ...draft.ask, [field]: level } })}
          />
        ))}
      </fieldset>
      <TextField
        label="Minutes of silence that end a conversation"
        type="number"
        min={1}
        max={IDLE_MAX_MINUTES}
        required
        value={draft.idleMinutes}
        onValue={(idleMinutes) => change({ idleMinutes })}
        error={form.fields.idleMinutes}
        hint="What was learned is synced when a conversation ends."
      />
    </SendForm>
  );
}

function ColorField(props: { value: string; onValue: (value: string) => void; error: string | undefined }) {
  return (
    <Field label="Colour" error={props.error}>
      {(attributes) => (
        <span class="settings-color">
          <input
            type="color"
            aria-label="Pick the colour"
            value={props.value}
            onInput={(event) => props.onValue(event.currentTarget.value)}
          />
          <input
            {...attributes}
            class="ui-input"
            value={props.value}
            spellcheck={false}
            onInput={(event) => props.onValue(event.currentTarget.value)}
          />
        </span>
      )}
    </Field>
  );
}
