import type { ProviderForm } from "@rolodesk/shared/connection";
import { SelectField, TextField } from "../../../components/field.tsx";

export type ProviderInput = ProviderForm["inputs"][number];
export type InputValues = Readonly<Record<string, string>>;

/** Settings and credentials may use the same name, so each value is kept under both parts. */
export function keyOf(input: ProviderInput): string {
  return `${input.in}.${input.name}`;
}

/** What a form with these inputs can show errors at. */
export function shownInputs(inputs: readonly ProviderInput[]): string[] {
  return ["name", ...inputs.map(keyOf)];
}

/** The typed values of one kind as the server takes them; blank ones are left out. */
export function valuesOf(inputs: readonly ProviderInput[], kind: ProviderInput["in"], values: InputValues) {
  const entries = inputs
    .filter((input) => input.in === kind)
    .map((input) => [input.name, (values[keyOf(input)] ?? "").trim()] as const)
    .filter(([, value]) => value !== "");
  return Object.fromEntries(entries);
}

/** All that was entered, also where no input shows it: the demo's addresses. Blank ones are left out. */
export function enteredBy(values: InputValues) {
  return { settings: partOf(values, "settings"), credentials: partOf(values, "credentials") };
}

function partOf(values: InputValues, part: ProviderInput["in"]): Record<string, string> {
  const entries = Object.entries(values)
    .filter(([key, value]) => key.startsWith(`${part}.`) && value.trim() !== "")
    .map(([key, value]) => [key.slice(part.length + 1), value.trim()]);
  return Object.fromEntries(entries);
}

/** The reverse: settings and credentials as values of the form. */
export function valuesFrom({ settings, credentials }: Record<ProviderInput["in"], InputValues>): InputValues {
  const keyed = (part: ProviderInput["in"], values: InputValues) =>
    Object.entries(values).map(([name, value]) => [`${part}.${name}`, value]);
  return Object.fromEntries([...keyed("settings", settings), ...keyed("credentials", credentials)]);
}

interface ProviderInputsProps {
  inputs: readonly ProviderInput[];
  values: InputValues;
  fields: Readonly<Record<string, string>>;
  onValues: (values: InputValues) => void;
  /** Credential name → its last characters, while one is stored. */
  hints?: Readonly<Record<string, string>>;
}

/** The inputs a vendor asks for, in its own words, with the server's refusal at the one it names. */
export function ProviderInputs({ inputs, values, fields, onValues, hints = {} }: ProviderInputsProps) {
  return (
    <>
      {inputs.map((input) => {
        if (input.choices) return <ChoiceInput key={keyOf(input)} {...{ input, values, fields, onValues }} />;
        const stored = input.in === "credentials" ? hints[input.name] : undefined;
        return (
          <TextField
            key={keyOf(input)}
            label={input.label}
            hint={stored ? `${input.hint} Stored now: ${stored}` : input.hint}
            type={input.in === "credentials" ? "password" : "text"}
            autocomplete={input.in === "credentials" ? "new-password" : "off"}
            required={input.required}
            optional={!input.required}
            value={values[keyOf(input)] ?? ""}
            onValue={(value) => onValues({ ...values, [keyOf(input)]: value })}
            error={fields[keyOf(input)]}
          />
        );
      })}
    </>
  );
}

interface ChoiceInputProps extends Omit<ProviderInputsProps, "inputs" | "hints"> {
  input: ProviderInput;
}

function ChoiceInput({ input, values, fields, onValues }: ChoiceInputProps) {
  const value = values[keyOf(input)] || (input.choices?.[0]?.value ?? "");
  const listed = input.choices ?? [];
  const choices = listed.some((choice) => choice.value === value) ? listed : [...listed, { value, label: value }];
  return (
    <SelectField
      label={input.label}
      hint={input.hint}
      options={choices}
      value={value}
      onValue={(value) => onValues({ ...values, [keyOf(input)]: value })}
      error={fields[keyOf(input)]}
    />
  );
}
