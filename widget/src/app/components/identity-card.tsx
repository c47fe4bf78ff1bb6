import type { VisitorField } from "@rolodesk/shared/vocabulary";
import { useState } from "preact/hooks";
import type { App } from "../app-context.ts";
import { type CardErrors, type CardValues, cardErrors, factsOf, serverErrors } from "../identity-form.ts";

interface Props {
  app: App;
  fields: readonly { field: VisitorField; required: boolean }[];
  skip(): void;
  saved(): void;
}

const INPUTS = {
  firstName: { type: "text", autocomplete: "given-name" },
  lastName: { type: "text", autocomplete: "family-name" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
} as const;

/** The identity card in the flow of the conversation. */
export function IdentityCard({ app, fields, skip, saved }: Props) {
  const { words } = app.language;
  const [values, setValues] = useState<CardValues>({});
  const [errors, setErrors] = useState<CardErrors>({});
  const [general, setGeneral] = useState<string | null>(null);
  const canSkip = fields.every(({ required }) => !required);

  function check(field: VisitorField): void {
    setErrors({ ...errors, [field]: cardErrors(fields, values, words)[field] });
  }

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const found = cardErrors(fields, values, words);
    setErrors(found);
    const [firstWrong] = Object.keys(found);
    if (firstWrong) return document.getElementById(`card-${firstWrong}`)?.focus();
    const facts = factsOf(fields, values);
    if (facts.length === 0) return canSkip ? skip() : undefined;
    const problem = await app.chat.saveFacts(facts);
    if (problem === null) return saved();
    if (problem === "lost") return setGeneral(words.saveFailed);
    const named = serverErrors(problem, facts);
    setErrors(named);
    setGeneral(Object.keys(named).length > 0 ? null : problem.message);
  }

  return (
    <form class="ask card" noValidate onSubmit={(event) => void save(event)} aria-labelledby="card-title">
      <h2 id="card-title">{words.cardTitle}</h2>
      <p class="ask-hint">{words.cardHint}</p>
      {fields.map(({ field, required }) => (
        <label key={field} class={`field field-${field}`}>
          <span>
            {words[field]}
            {!required && <small>{words.optional}</small>}
          </span>
          <input
            id={`card-${field}`}
            {...INPUTS[field]}
            dir={values[field] ? "auto" : undefined}
            required={required}
            value={values[field] ?? ""}
            aria-invalid={errors[field] !== undefined}
            aria-describedby={errors[field] ? `card-${field}-error` : undefined}
            onInput={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
            onBlur={() => check(field)}
          />
          {errors[field] && (
            <span id={`card-${field}-error`} class="error" role="alert">
              {errors[field]}
            </span>
          )}
        </label>
      ))}
      {general && (
        <p class="error" role="alert">
          {general}
        </p>
      )}
      <div class="buttons">
        <button type="submit" class="button" onMouseDown={keepFocus}>
          {words.save}
        </button>
        {canSkip && (
          <button type="button" class="button quiet" onMouseDown={keepFocus} onClick={skip}>
            {words.skip}
          </button>
        )}
      </div>
    </form>
  );
}

/** Leaving an input checks it, and its error comes or goes: the button would move away from under the pointer. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
