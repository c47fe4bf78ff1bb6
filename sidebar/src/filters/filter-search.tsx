import { useEffect, useState } from "preact/hooks";

const TYPING_PAUSE_MS = 250;

interface FilterSearchProps {
  label: string;
  value: string;
  onSearch: (value: string) => void;
}

/** A search box among filters; it asks once the typing has paused. */
export function FilterSearch({ label, value, onSearch }: FilterSearchProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <input
      type="search"
      class="ui-input"
      data-search
      value={text}
      placeholder={label}
      aria-label={label}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  );
}
