import { useId } from "preact/hooks";

interface SwitchProps {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div class="ui-switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        aria-describedby={`${id}-about`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label class="ui-label" for={id}>
          {label}
        </label>
        <p class="ui-hint" id={`${id}-about`}>
          {hint}
        </p>
      </div>
    </div>
  );
}
