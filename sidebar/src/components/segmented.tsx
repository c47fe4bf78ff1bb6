import type { ComponentChildren } from "preact";

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: ComponentChildren; title?: string }[];
  onValue: (value: T) => void;
}

/** A few exclusive choices side by side; radios for the keyboard and screen readers. */
export function Segmented<T extends string>({ label, value, options, onValue }: SegmentedProps<T>) {
  return (
    <fieldset class="ui-segmented">
      <legend class="ui-sr">{label}</legend>
      {options.map((option) => (
        <label class="ui-segment" key={option.value} title={option.title}>
          <input
            class="ui-sr"
            type="radio"
            name={label}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
