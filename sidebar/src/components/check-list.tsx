import type { ComponentChildren } from "preact";
import { Refusal } from "./refusal.tsx";

interface CheckListProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
  error?: string | null | undefined;
  hint?: ComponentChildren;
}

/** Any number of a few things. */
export function CheckList<T extends string>({ label, options, chosen, onChange, error, hint }: CheckListProps<T>) {
  return (
    <fieldset class="settings-checks">
      <legend class="ui-label">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={(event) => {
              const others = chosen.filter((value) => value !== option.value);
              onChange(event.currentTarget.checked ? [...others, option.value] : others);
            }}
          />
          {option.label}
        </label>
      ))}
      {hint && <p class="ui-hint">{hint}</p>}
      <Refusal problem={error} />
    </fieldset>
  );
}
