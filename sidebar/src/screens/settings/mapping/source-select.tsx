import {
  ATTRIBUTE_PREFIX,
  CONVERSATION_SOURCES,
  CORE_FIELDS,
  FIXED_SOURCE,
  FULL_NAME_SOURCE,
  fieldLabel,
} from "@rolodesk/shared/vocabulary";

const GROUPS = [
  { label: "The person", sources: [...CORE_FIELDS, FULL_NAME_SOURCE] },
  { label: "The conversation", sources: CONVERSATION_SOURCES },
] as const;

interface SourceSelectProps {
  label: string;
  source: string;
  invalid: boolean;
  onSource: (source: string) => void;
}

/** What of ours a row writes, in groups; an attribute is named by hand, as the website sets it. */
export function SourceSelect({ label, source, invalid, onSource }: SourceSelectProps) {
  const isAttribute = source.startsWith(ATTRIBUTE_PREFIX);
  return (
    <div class="mapping-source">
      <select
        class="ui-input ui-select"
        aria-label={label}
        aria-invalid={invalid || undefined}
        value={isAttribute ? ATTRIBUTE_PREFIX : source}
        onChange={(event) => onSource(event.currentTarget.value)}
      >
        <option value="">Choose a field</option>
        {GROUPS.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.sources.map((one) => (
              <option key={one} value={one}>
                {fieldLabel(one)}
              </option>
            ))}
          </optgroup>
        ))}
        <optgroup label="Other">
          <option value={ATTRIBUTE_PREFIX}>Website attribute</option>
          <option value={FIXED_SOURCE}>{fieldLabel(FIXED_SOURCE)}</option>
        </optgroup>
      </select>
      {isAttribute && (
        <input
          class="ui-input"
          aria-label={`${label}: name of the attribute`}
          placeholder="plan"
          maxLength={64}
          spellcheck={false}
          value={source.slice(ATTRIBUTE_PREFIX.length)}
          onInput={(event) => onSource(ATTRIBUTE_PREFIX + event.currentTarget.value.trim())}
        />
      )}
    </div>
  );
}
