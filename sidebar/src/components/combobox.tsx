import { useEffect, useId, useRef, useState } from "preact/hooks";

export interface ComboOption {
  value: string;
  label: string;
  /** Shown small beside it: a type, a limit. */
  note: string;
  /** Why it cannot be chosen; null: it can. */
  refused: string | null;
}

interface ComboboxProps {
  label: string;
  value: string;
  options: readonly ComboOption[];
  onValue: (value: string) => void;
  placeholder: string;
  invalid?: boolean;
}

const SHOWN_MAX = 60;

/** A text box that searches a list: type, arrows, Enter; Esc puts the chosen value back. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onValue } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const chosen = options.find((option) => option.value === value);
  const open = typed !== null;
  const all = open ? matching(options, typed) : [];
  const found = all.slice(0, SHOWN_MAX);
  const current = found[at];

  useEffect(() => {
    list.current?.querySelector('[data-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);

  function choose(option: ComboOption | undefined): void {
    if (!option || option.refused !== null) return;
    onValue(option.value);
    setTyped(null);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) setTyped("");
      else if (found.length > 0) setAt((at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    }
    if (event.key === "Enter" && open) {
      event.preventDefault();
      choose(current);
    }
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      setTyped(null);
    }
  }
  return (
    <div class="ui-combo">
      <input
        class="ui-input"
        role="combobox"
        aria-label={props.label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && current ? `${id}-${at}` : undefined}
        aria-invalid={props.invalid || undefined}
        placeholder={props.placeholder}
        value={typed ?? chosen?.label ?? value}
        title={chosen ? `${chosen.label} (${chosen.value})` : value}
        spellcheck={false}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => setTyped("")}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onBlur={() => setTyped(null)}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div class="ui-combo-list" id={id} role="listbox" aria-label={props.label} ref={list}>
          {found.map((option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input above answers the keys
            <div
              key={option.value}
              id={`${id}-${index}`}
              class="ui-combo-option"
              role="option"
              tabIndex={-1}
              aria-selected={option.value === value}
              aria-disabled={option.refused !== null || undefined}
              data-current={index === at}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
            >
              <span class="ui-combo-label">{option.label}</span>
              <span class="ui-combo-note">{option.refused ?? option.note}</span>
            </div>
          ))}
          {all.length > found.length && (
            <p class="ui-hint">
              {found.length} of {all.length} shown. Type to narrow them.
            </p>
          )}
          {found.length === 0 && <p class="ui-hint">Nothing matches.</p>}
        </div>
      )}
    </div>
  );
}

/** What begins with the words stands before what only holds them. */
function matching(options: readonly ComboOption[], typed: string): readonly ComboOption[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return options;
  const found = options.filter((option) => `${option.label} ${option.value}`.toLowerCase().includes(wanted));
  const [begin, hold] = [
    found.filter((option) => begins(option, wanted)),
    found.filter((option) => !begins(option, wanted)),
  ];
  return [...begin, ...hold];
}

function begins({ label, value }: ComboOption, wanted: string): boolean {
  return label.toLowerCase().startsWith(wanted) || value.toLowerCase().startsWith(wanted);
}
