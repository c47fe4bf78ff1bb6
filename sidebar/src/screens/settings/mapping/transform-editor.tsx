import type { CrmField } from "@rolodesk/shared/connection";
import type { Transform } from "@rolodesk/shared/mapping-transform";
import { useState } from "preact/hooks";
import { Select } from "../../../components/field.tsx";
import { choiceOf, linesOfMap, mapOfLines, TRANSFORM_CHOICES } from "./transform-words.ts";

const OPTIONS = TRANSFORM_CHOICES.map(({ id, label }) => ({ value: id, label }));
const OPTIONS_SHOWN = 12;

interface TransformEditorProps {
  name: string;
  transform: Transform;
  field: CrmField | undefined;
  onTransform: (transform: Transform) => void;
}

/** How a row's value is changed on its way, and what that takes: a fixed value, or a list of values and options. */
export function TransformEditor({ name, transform, field, onTransform }: TransformEditorProps) {
  if (transform.kind === "fixed" && field?.type === "option") {
    return <FixedOption name={name} value={transform.value} field={field} onTransform={onTransform} />;
  }
  if (transform.kind === "fixed") {
    return (
      <input
        class="ui-input"
        aria-label={`Fixed value for ${name}`}
        placeholder="The value everybody gets"
        maxLength={500}
        value={transform.value}
        onInput={(event) => onTransform({ kind: "fixed", value: event.currentTarget.value })}
      />
    );
  }
  return (
    <>
      <Select
        aria-label={`Transform for ${name}`}
        value={choiceOf(transform)}
        options={OPTIONS}
        onValue={(id) =>
          onTransform(TRANSFORM_CHOICES.find((choice) => choice.id === id)?.transform ?? { kind: "none" })
        }
      />
      {transform.kind === "options" && (
        <ValueMap
          name={name}
          map={transform.map}
          field={field}
          onMap={(map) => onTransform({ kind: "options", map })}
        />
      )}
    </>
  );
}

interface FixedOptionProps extends Pick<TransformEditorProps, "name" | "onTransform"> {
  value: string;
  field: CrmField;
}

/** A fixed value is chosen where the field has a choice; one that was written by its label counts as the option. */
function FixedOption({ name, value, field, onTransform }: FixedOptionProps) {
  const same = (text: string) => text.toLowerCase() === value.toLowerCase();
  const chosen = field.options.find((one) => one.value === value || same(one.label) || same(one.value));
  const unknown = chosen ? [] : [{ value, label: value === "" ? "Choose an option" : `${value} (gone)` }];
  return (
    <Select
      aria-label={`Fixed value for ${name}`}
      value={chosen?.value ?? value}
      options={[...unknown, ...field.options]}
      onValue={(option) => onTransform({ kind: "fixed", value: option })}
    />
  );
}

interface ValueMapProps {
  name: string;
  map: Readonly<Record<string, string>>;
  field: CrmField | undefined;
  onMap: (map: Record<string, string>) => void;
}

function ValueMap({ name, map, field, onMap }: ValueMapProps) {
  const [lines, setLines] = useState(() => linesOfMap(map));
  const shown = (field?.options ?? []).slice(0, OPTIONS_SHOWN).map(({ label }) => label);
  const more = (field?.options.length ?? 0) - shown.length;
  return (
    <label class="mapping-values">
      <span class="ui-hint">
        One a line: our value = theirs. Other values are not written.
        {shown.length > 0 && ` Theirs: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`}
      </span>
      <textarea
        class="ui-input"
        rows={3}
        aria-label={`Values for ${name}`}
        placeholder="pro = Professional"
        spellcheck={false}
        value={lines}
        onInput={(event) => {
          setLines(event.currentTarget.value);
          onMap(mapOfLines(event.currentTarget.value));
        }}
      />
    </label>
  );
}
