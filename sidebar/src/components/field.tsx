import { type ComponentChildren, createElement } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean;
  children: (attributes: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean | undefined;
  }) => ComponentChildren;
}

/** Label above, control, then the error or the hint, tied together for screen readers. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const described = error || hint ? `${id}-about` : undefined;
  return (
    <div class={`ui-field${error ? " ui-field-wrong" : ""}`}>
      <label class="ui-label" for={id}>
        {label}
        {optional && <span class="ui-optional"> Optional</span>}
      </label>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined })}
      {error ? (
        <p class="ui-field-error" id={described} role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p class="ui-hint" id={described}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

interface TextFieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean;
  type?: "text" | "email" | "password" | "number";
  autocomplete?: "email" | "name" | "current-password" | "new-password" | "off";
  required?: boolean;
  min?: number;
  max?: number;
  /** Only on pages whose one purpose is this form. */
  autofocus?: boolean;
}

export function TextField(props: TextFieldProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} optional={props.optional}>
      {(attributes) =>
        createElement("input", {
          ...attributes,
          class: "ui-input",
          type: props.type ?? "text",
          value: props.value,
          autocomplete: props.autocomplete ?? "off",
          required: props.required,
          min: props.min,
          max: props.max,
          autofocus: props.autofocus,
          onInput: (event: InputEvent & { currentTarget: HTMLInputElement }) =>
            props.onValue(event.currentTarget.value),
        })
      }
    </Field>
  );
}

export interface Option<T extends string> {
  value: T;
  label: string;
}

interface SelectFieldProps<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onValue: (value: T) => void;
  hint?: ComponentChildren;
  error?: string | undefined;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(attributes) => <Select {...attributes} value={props.value} options={props.options} onValue={props.onValue} />}
    </Field>
  );
}

interface SelectProps<T extends string> {
  value: T;
  options: readonly Option<T>[];
  onValue: (value: T) => void;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
}

export function Select<T extends string>({ value, options, onValue, ...attributes }: SelectProps<T>) {
  function choose(chosen: string): void {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onValue(option.value);
  }
  return (
    <select
      {...attributes}
      class="ui-input ui-select"
      value={value}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
