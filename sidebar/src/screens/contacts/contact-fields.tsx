import type { ChangeContact, ContactDetail } from "@rolodesk/shared/contact";
import { CORE_FIELDS, ENGAGEMENT_LEVELS, fieldLabel } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import { failureText } from "../../api.ts";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/field.tsx";
import { Refusal } from "../../components/refusal.tsx";
import { focusWhenShown } from "../../focus-when-shown.ts";
import { showToast } from "../../toasts.ts";
import { ENGAGEMENT_WORDS } from "../phone-calls/phone-call-words.ts";
import { InlineValue } from "./inline-value.tsx";

interface ContactFieldsProps {
  contact: ContactDetail;
  onChange: (change: ChangeContact) => Promise<void>;
}

/** What we hold of the person, each value edited where it stands. */
export function ContactFields({ contact, onChange }: ContactFieldsProps) {
  const attributes = Object.entries(contact.attributes);
  async function setEngagement(engagement: ContactDetail["engagement"]): Promise<void> {
    try {
      await onChange({ engagement });
    } catch (error) {
      showToast(failureText(error), { tone: "danger" });
    }
  }
  return (
    <section class="contact-card" aria-labelledby="contact-fields">
      <h2 id="contact-fields">Details</h2>
      <dl class="contact-fields">
        {CORE_FIELDS.map((field) => (
          <InlineValue
            key={field}
            label={fieldLabel(field)}
            value={contact[field] ?? ""}
            onSave={(value) => onChange({ [field]: value === "" ? null : value })}
          />
        ))}
        {attributes.map(([key, value]) => (
          <InlineValue
            key={key}
            label={key}
            value={value === null ? "" : String(value)}
            onSave={(next) => onChange({ attributes: { [key]: next === "" ? null : next } })}
          />
        ))}
        <div class="contact-field">
          <dt>Engagement</dt>
          <dd>
            <Select
              aria-label="Engagement"
              value={contact.engagement}
              options={ENGAGEMENT_LEVELS.map((value) => ({ value, label: ENGAGEMENT_WORDS[value] }))}
              onValue={(engagement) => void setEngagement(engagement)}
            />
          </dd>
        </div>
      </dl>
      <NewAttribute onAdd={(key, value) => onChange({ attributes: { [key]: value } })} />
    </section>
  );
}

function NewAttribute({ onAdd }: { onAdd: (key: string, value: string) => Promise<void> }) {
  const [draft, setDraft] = useState<{ key: string; value: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (!draft) {
    return (
      <Button small look="quiet" onClick={() => setDraft({ key: "", value: "" })}>
        Add an attribute
      </Button>
    );
  }
  const { key, value } = draft;
  async function add(): Promise<void> {
    try {
      await onAdd(key.trim(), value.trim());
      setDraft(null);
      setProblem(null);
    } catch (error) {
      setProblem(failureText(error));
    }
  }
  return (
    <form
      class="contact-new"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== "" && value.trim() !== "") void add();
      }}
    >
      <input
        class="ui-input"
        aria-label="Name of the attribute"
        placeholder="Name"
        value={key}
        ref={focusWhenShown}
        onInput={(event) => setDraft({ ...draft, key: event.currentTarget.value })}
      />
      <input
        class="ui-input"
        aria-label="Value of the attribute"
        placeholder="Value"
        value={value}
        onInput={(event) => setDraft({ ...draft, value: event.currentTarget.value })}
      />
      <Refusal problem={problem} />
      <div class="ui-row">
        <Button small type="submit">
          Add
        </Button>
        <Button small look="quiet" onClick={() => setDraft(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
